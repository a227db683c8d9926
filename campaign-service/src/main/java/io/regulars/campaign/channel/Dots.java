package io.regulars.campaign.channel;

/// A message on its way through `DATA`: a line that begins with a dot gets a second one, and a dot alone is the end
/// (RFC 5321, 4.5.2).
final class Dots {

    private static final byte[] END = {'\r', '\n', '.', '\r', '\n'};

    private Dots() {}

    /// @param message with lines that end in CRLF
    static byte[] stuffed(byte[] message) {
        int dots = 0;
        for (int i = 0; i < message.length; i++) {
            dots += message[i] == '.' && (i == 0 || message[i - 1] == '\n') ? 1 : 0;
        }
        boolean open = message.length < 2 || message[message.length - 1] != '\n';
        int end = open ? END.length : END.length - 2;
        var stuffed = new byte[message.length + dots + end];
        int to = 0;
        if (dots == 0) {
            System.arraycopy(message, 0, stuffed, 0, message.length);
            to = message.length;
        } else {
            for (int i = 0; i < message.length; i++) {
                if (message[i] == '.' && (i == 0 || message[i - 1] == '\n')) {
                    stuffed[to++] = '.';
                }
                stuffed[to++] = message[i];
            }
        }
        System.arraycopy(END, END.length - end, stuffed, to, end);
        return stuffed;
    }
}

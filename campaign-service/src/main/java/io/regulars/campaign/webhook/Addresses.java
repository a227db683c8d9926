package io.regulars.campaign.webhook;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/// Which addresses may be called: those of the public internet. A name that also leads elsewhere is refused as
/// a whole.
///
/// @param allowLoopback whether this machine may be called too
record Addresses(boolean allowLoopback) {

    /// The address to connect to, looked up once: what is checked here is what is called.
    ///
    /// @throws RefusedException where the name leads into a private network
    InetAddress resolve(String host) throws UnknownHostException, RefusedException {
        InetAddress[] found = InetAddress.getAllByName(host);
        for (InetAddress address : found) {
            if (!allowed(address)) {
                throw new RefusedException(
                        "leads to " + address.getHostAddress() + ", which is no address of the public internet");
            }
        }
        return found[0];
    }

    boolean allowed(InetAddress address) {
        return address.isLoopbackAddress() ? allowLoopback : isPublic(address);
    }

    private static boolean isPublic(InetAddress address) {
        byte[] bytes = address.getAddress();
        return address instanceof Inet4Address ? isPublicIpv4(bytes) : isPublicIpv6(bytes);
    }

    /// All but what IANA's registry of special addresses keeps from being reached globally.
    private static boolean isPublicIpv4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        int third = bytes[2] & 0xff;
        return switch (first) {
            case 0, 10, 127 -> false;
            case 100 -> second < 64 || second > 127;
            case 169 -> second != 254;
            case 172 -> second < 16 || second > 31;
            case 192 -> second != 168 && !(second == 0 && (third == 0 || third == 2)) && !(second == 88 && third == 99);
            case 198 -> second != 18 && second != 19 && !(second == 51 && third == 100);
            case 203 -> second != 0 || third != 113;
            default -> first < 224;
        };
    }

    /// Global unicast, without documentation, Teredo and 6to4; an IPv4 address in one of NAT64 counts as that.
    private static boolean isPublicIpv6(byte[] bytes) {
        int first = word(bytes, 0);
        int second = word(bytes, 2);
        if (first == 0x64 && second == 0xff9b && zero(bytes, 4, 12)) {
            return isPublicIpv4(Arrays.copyOfRange(bytes, 12, 16));
        }
        boolean globalUnicast = (first & 0xe000) == 0x2000;
        boolean special = first == 0x2001 && (second < 0x200 || second == 0xdb8) || first == 0x2002 || first == 0x3fff;
        return globalUnicast && !special;
    }

    private static boolean zero(byte[] bytes, int from, int to) {
        for (int i = from; i < to; i++) {
            if (bytes[i] != 0) {
                return false;
            }
        }
        return true;
    }

    private static int word(byte[] bytes, int at) {
        return (bytes[at] & 0xff) << 8 | bytes[at + 1] & 0xff;
    }
}

package io.regulars.campaign.link;

/// The links of one message.
public final class MessageLinks {

    private final LinkTokens tokens;
    private final String base;
    private final LinkTokens.Ref message;
    private final boolean tracked;

    /// @param base where they lead, without a slash at its end
    /// @param tracked false where the shop or the campaign does without
    public MessageLinks(LinkTokens tokens, String base, LinkTokens.Ref message, boolean tracked) {
        this.tokens = tokens;
        this.base = base;
        this.message = message;
        this.tracked = tracked;
    }

    public boolean tracked() {
        return tracked;
    }

    /// The message's name in its Message-ID and in the address that it comes back to.
    public String name() {
        return tokens.write(LinkTokens.Kind.MAIL, message);
    }

    /// @param number of the link in the template
    String link(int number) {
        var ref = new LinkTokens.Ref(message.merchantId(), message.customerId(), message.messageId(), number);
        return base + "/l/" + tokens.write(LinkTokens.Kind.LINK, ref);
    }

    String picture() {
        return base + "/o/" + tokens.write(LinkTokens.Kind.PICTURE, message) + ".gif";
    }

    /// @param rendered of a [TrackedText]'s template
    public String fillText(String rendered) {
        return TrackedHtml.linked(rendered, this::link);
    }

    /// @param rendered of a [TrackedHtml]'s template, or HTML without links
    public String fill(String rendered) {
        return TrackedHtml.fill(rendered, this::link, picture());
    }
}

package io.regulars.campaign.message;

import java.util.ArrayList;
import java.util.List;

import io.regulars.campaign.campaign.Step;
import io.regulars.campaign.link.TrackedHtml;
import io.regulars.campaign.link.TrackedText;
import io.regulars.campaign.template.Text;
import io.regulars.events.Channel;

/// The links of a step, numbered through all the languages that it is written in: a number leads to the same
/// place whatever the customer's language becomes.
public final class NumberedLinks {

    private NumberedLinks() {}

    /// What the template says that each number leads to.
    public static List<String> urls(Step.Send send) {
        List<String> urls = new ArrayList<>();
        send.template().variants().forEach(variant -> urls.addAll(urls(variant, send.channel())));
        return urls;
    }

    private static List<String> urls(Text variant, Channel channel) {
        if (channel == Channel.SMS) {
            return TrackedText.of(variant.text()).urls();
        }
        return variant.html() == null
                ? List.of()
                : TrackedHtml.of(variant.html()).urls();
    }

    /// The chosen variant with a mark in place of each link.
    ///
    /// @param shortened whether the links of an SMS are
    static Text of(Text template, Text chosen, Channel channel, boolean shortened) {
        if (channel == Channel.SMS && !shortened || channel != Channel.SMS && chosen.html() == null) {
            return chosen;
        }
        int first = 0;
        for (Text variant : template.variants()) {
            if (variant.equals(chosen)) {
                break;
            }
            first += urls(variant, channel).size();
        }
        return channel == Channel.SMS
                ? chosen.saying(TrackedText.of(chosen.text(), first).template(), null)
                : chosen.saying(
                        chosen.text(), TrackedHtml.of(chosen.html(), first).template());
    }
}

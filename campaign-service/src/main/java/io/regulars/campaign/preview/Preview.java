package io.regulars.campaign.preview;

import java.math.BigDecimal;
import java.util.List;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.regulars.campaign.template.SmsParts;

/// What messages would say.
///
/// @param standIns variables that stand in brackets or have example values, since their cause is not there yet
/// @param lacking what customers of a sample lack; absent where none was asked for
@JsonInclude(JsonInclude.Include.NON_NULL)
record Preview(List<Rendered> items, List<String> standIns, Lacking lacking) {

    /// One customer's message.
    ///
    /// @param problem why they would go without it; the rest is absent then
    /// @param missing variables that they lack, whether something stands in for those or not
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Rendered(
            String customerId,
            String maskedName,
            String subject,
            String preheader,
            String text,
            String html,
            Sms sms,
            Cost cost,
            List<String> missing,
            List<String> warnings,
            String problem) {}

    /// @param units characters as they count
    /// @param parts as many messages it is on the air
    record Sms(SmsParts.Encoding encoding, int units, int parts) {}

    /// Of one message; of an SMS by its parts.
    record Cost(BigDecimal amount, String currency) {}

    /// @param customers how many were looked at
    record Lacking(int customers, List<Variable> variables) {}

    /// @param lacking how many customers have no value for it
    /// @param fallback whether something stands in for it everywhere; else those customers go without the
    ///     message
    record Variable(String name, int lacking, boolean fallback) {}
}

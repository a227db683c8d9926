package io.regulars.campaign.campaign;

import java.util.List;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.problem.Violation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class ForeignSignaturesTest {

    @ParameterizedTest
    @ValueSource(strings = {"你好", "【暖阳】你好", "【{shop.name}】你好", "你好【别家】", "{customer.name}你好"})
    void takesTheShopsOwn(String text) throws JsonProcessingException {
        assertThat(violations(text)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"【别家】你好", " 【别家】你好", "\u200b【别家】", "【暖阳】【别家】", "【{shop.name}】【别家】", "【暖", "【】你好"})
    void refusesAnothers(String text) throws JsonProcessingException {
        assertThat(violations(text))
                .extracting(Violation::field)
                .containsExactly("steps[0].template.text", "steps[1].then[0].template.text");
    }

    @Test
    void knowsNothingOfAShopThatHasNotComeYet() throws JsonProcessingException {
        var faults = new Faults();

        Signatures.check(new JsonMapper().readTree(campaign("【别家】")), () -> "", faults);

        assertThat(faults.violations()).isEmpty();
    }

    private static List<Violation> violations(String text) throws JsonProcessingException {
        var faults = new Faults();
        Signatures.check(new JsonMapper().readTree(campaign(text)), () -> "暖阳", faults);
        return faults.violations();
    }

    private static String campaign(String text) {
        String send = "{\"type\": \"send\", \"channel\": \"sms\", \"template\": {\"text\": \"" + text + "\"}}";
        return "{\"steps\": [" + send + ", {\"type\": \"branch\", \"then\": [" + send
                + ", {\"type\": \"send\", \"channel\": \"email\", \"template\": {\"text\": \"" + text + "\"}}]}]}";
    }
}

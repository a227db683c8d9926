package io.regulars.campaign.receipt;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class StopWordsTest {

    @ParameterizedTest
    @ValueSource(strings = {"R", " r。", "Ｒ", "退订", "退订！", "TD", "stop", "Stop.", "opt out"})
    void hearsThem(String text) {
        assertThat(StopWords.says(text)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "请问怎么退订", "Rabatt", "收到", "1", "do not stop"})
    void hearsNothingElse(String text) {
        assertThat(StopWords.says(text)).isFalse();
    }
}

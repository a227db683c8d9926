package io.regulars.campaign.tracking;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class AgentTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 | PERSON",
                "Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 MicroMessenger/8.0.49 | PERSON",
                "Mozilla/5.0 (Windows NT 10.0; Microsoft Outlook 16.0.17328) | PERSON",
                "Mozilla/5.0 | PROXY",
                "Mozilla/5.0 (Windows NT 5.1; rv:11.0) Gecko Firefox/11.0 (via ggpht.com GoogleImageProxy) | PROXY",
                "YahooMailProxy; https://help.yahoo.com/kb/yahoo-mail-proxy-SLN28749.html | PROXY",
                "Mozilla/5.0 (compatible; Googlebot/2.1) | BOT",
                "Mozilla/5.0 AppleWebKit/537.36 HeadlessChrome/120.0 | BOT",
                "Microsoft Office Existence Discovery | BOT",
                "curl/8.5.0 | BOT",
                "'' | BOT",
            })
    void isKnownByItsName(String userAgent, Agent agent) {
        assertThat(Agent.of(false, userAgent, null)).isEqualTo(agent);
    }

    @Test
    void noPersonLooksOnlyAtTheHeadOrAhead() {
        String browser = "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/140.0";

        assertThat(Agent.of(true, browser, null)).isEqualTo(Agent.BOT);
        assertThat(Agent.of(false, browser, "prefetch;prerender")).isEqualTo(Agent.BOT);
        assertThat(Agent.of(false, null, null)).isEqualTo(Agent.BOT);
    }
}

package io.regulars.campaign.price;

import java.math.BigDecimal;
import java.util.Map;

import jakarta.inject.Inject;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.campaign.Rivals;
import io.regulars.embedded.ServiceTestResource;
import io.regulars.events.Channel;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@QuarkusTest
@QuarkusTestResource(ServiceTestResource.class)
class PriceListTest {

    private static final int MERCHANT = 1_490_011;

    @Inject
    Jdbi jdbi;

    @Inject
    PriceList prices;

    /// Both read it before either has written.
    @Test
    void isChangedByOneOfTwoWhoReadTheSame() {
        prices.save(MERCHANT, "one", anSms("0.01"), null);
        var rivals = new Rivals(jdbi);

        var second = QuarkusTransaction.requiringNew().call(() -> {
            prices.save(MERCHANT, "one", anSms("0.02"), 1);
            return rivals.begin(() -> prices.save(MERCHANT, "another", anSms("0.03"), 1));
        });

        assertThatThrownBy(second::join).hasCauseInstanceOf(HttpProblem.class);
        assertThat(prices.of(MERCHANT, "CNY").prices().costs().get(Channel.SMS)).isEqualByComparingTo("0.02");
    }

    private static Prices anSms(String cost) {
        return new Prices("CNY", Map.of(Channel.SMS, new BigDecimal(cost)), null);
    }
}

package io.regulars.customer.imports;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.customer.Shop;
import io.regulars.embedded.ServiceTestResource;
import org.jboss.logging.Logger;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/// Imports a real shop's year, where it lies beside the project.
@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class OnlineRetailImportTest {

    private static final Logger LOG = Logger.getLogger(OnlineRetailImportTest.class);
    private static final Path FILE = Path.of("../../shared/data/online_retail/online_retail.csv.gz");
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    @Test
    void aRealYearIsImportedWithItsReturnsNettedAndASecondTimeChangesNothing() throws IOException {
        if (!Files.exists(FILE)) {
            LOG.warnf("skipped: the real orders are not at %s", FILE);
        }
        Assumptions.assumeTrue(Files.exists(FILE), "the real orders are not at " + FILE);
        Shop shop = Shop.inBritain();
        byte[] file = Files.readAllBytes(FILE);

        var first =
                ImportSteps.finished(shop, ImportSteps.taken(shop, file, Map.of("preset", "online-retail")), PATIENCE);

        LOG.infof("imported: %s", first.prettify());
        assertThat(first.getLong("total")).isEqualTo(541_909);
        assertThat(first.getLong("lines.rejected")).isEqualTo(135_080);
        assertThat(first.getLong("lines.imported")).isEqualTo(406_829);
        assertThat(ImportSteps.errors(shop, first.getString("id"))
                        .lines()
                        .skip(1)
                        .map(line -> line.substring(0, line.indexOf(',')))
                        .distinct())
                .hasSize(135_080);
        assertThat(kept(shop, "12346")).isEqualTo("0.00");
        assertThat(kept(shop, "16446")).isEqualTo("2.90");

        var second =
                ImportSteps.finished(shop, ImportSteps.taken(shop, file, Map.of("preset", "online-retail")), PATIENCE);

        LOG.infof("imported again: %s", second.prettify());
        for (String kind : new String[] {"orders", "returns", "customers", "products"}) {
            assertThat(second.getLong("counts." + kind + ".created")).as(kind).isZero();
            assertThat(second.getLong("counts." + kind + ".updated")).as(kind).isZero();
            assertThat(second.getLong("counts." + kind + ".unchanged"))
                    .as(kind)
                    .isEqualTo(first.getLong("counts." + kind + ".created"));
        }
    }

    private static String kept(Shop shop, String customer) {
        var orders = shop.get("/v1/orders?limit=1000&customer=ext:" + customer)
                .statusCode(200)
                .extract()
                .jsonPath();
        return orders.getList("items.keptAmount.amount", String.class).stream()
                .map(BigDecimal::new)
                .reduce(BigDecimal::add)
                .orElseThrow()
                .toPlainString();
    }
}

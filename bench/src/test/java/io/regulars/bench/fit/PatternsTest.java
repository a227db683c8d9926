package io.regulars.bench.fit;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;

import io.regulars.bench.shop.ShopModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

class PatternsTest {

    @TempDir
    Path folder;

    @Test
    void countsFromTheFirstPurchaseAndLooksAtNothingLater() {
        assertThat(Patterns.row(new TreeSet<>(List.of(100, 107, 130, 400)), 200))
                .isEqualTo("2,30,100\n");
        assertThat(Patterns.row(new TreeSet<>(List.of(100)), 200)).isEqualTo("0,0,100\n");
    }

    @Test
    void aDayWithSeveralOrdersIsOnePurchase() throws IOException {
        var orders = Files.writeString(folder.resolve("orders.txt"), """
                 00004 0001 19970101  2   29.33
                 00004 0001 19970118  2   29.73
                 00004 0001 19970118  1   14.96
                 00004 0001 19971212  2   26.48
                 00018 0002 19970104  1   14.96
                """);

        var patterns = Patterns.ofCdnow("a shop", orders, 2, folder);

        assertThat(patterns.customers()).isEqualTo(2);
        assertThat(patterns.rows()).hasContent("1,17,272\n0,0,269\n");
    }

    @Test
    void holdsEveryCustomerOfADrawnShop() throws IOException {
        var patterns = Patterns.drawn(ShopModel.of(7, 200), folder);

        assertThat(Files.readAllLines(patterns.rows()))
                .hasSize(200)
                .allSatisfy(row -> assertThat(row).matches("\\d+,\\d+,\\d+"));
    }

    @Test
    void tellsAnotherOptimumFromTheSame() {
        var one = Fit.read("0.25 0.2425945 4.4136019 0.7929199 2.4258881 -9582.429");

        assertThat(one.asPublished()).isEqualTo("0.243 4.414 0.793 2.426, -9582.4");
        assertThat(one.sameOptimumAs(Fit.read("1 0.243 4.4 0.79 2.4 -9582.430")))
                .isTrue();
        assertThat(one.sameOptimumAs(Fit.read("1 0.243 4.4 0.79 2.4 -9582.5"))).isFalse();
    }
}

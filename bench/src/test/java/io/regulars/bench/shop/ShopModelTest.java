package io.regulars.bench.shop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ShopModelTest {

    private static final ShopModel SHOP = ShopModel.of(7, 20_000);

    @Test
    void isTheSameEachTime() {
        assertThat(all(SHOP)).isEqualTo(all(SHOP));
    }

    @Test
    void anotherSeedIsAnotherShop() {
        assertThat(all(ShopModel.of(8, 100))).isNotEqualTo(all(ShopModel.of(7, 100)));
    }

    @Test
    void theFirstCustomersOfALargerShopAreThoseOfASmallerOne() {
        assertThat(all(ShopModel.of(7, 300)).subList(0, 100)).isEqualTo(all(ShopModel.of(7, 100)));
    }

    @Test
    void buysInOrderAndWithinTheShopsTime() {
        for (var buyer : SHOP) {
            assertThat(buyer.purchases())
                    .isNotEmpty()
                    .isSortedAccordingTo(java.util.Comparator.comparing(Purchase::at));
            assertThat(buyer.purchases().getFirst().at()).isAfterOrEqualTo(SHOP.from());
            assertThat(buyer.purchases().getLast().at()).isBefore(SHOP.until());
        }
    }

    /// About half of the CDNOW customers never came back within the year and a half that were observed.
    @Test
    void mostCustomersBuyOnceAndAFewMakeTheSales() {
        var buyers = all(SHOP);

        var once =
                buyers.stream().filter(buyer -> buyer.purchases().size() == 1).count();
        var amounts = buyers.stream()
                .mapToLong(buyer ->
                        buyer.purchases().stream().mapToLong(Purchase::amount).sum())
                .sorted()
                .toArray();
        var all = java.util.Arrays.stream(amounts).sum();
        var topTenth =
                java.util.Arrays.stream(amounts).skip(amounts.length * 9L / 10).sum();

        assertThat((double) once / buyers.size()).isBetween(0.4, 0.75);
        assertThat((double) topTenth / all).isBetween(0.35, 0.8);
    }

    /// Equation 8 of Fader, Hardie and Lee (2005), for none and one repeat, over first purchases spread evenly:
    /// who has not come again is still a customer, and leaves after a repeat with the chance of a/(a + b).
    @Test
    void customersComeAgainAndLeaveAsTheModelSays() {
        var buyers = all(ShopModel.of(9, 100_000));

        assertThat(share(buyers, 1)).isCloseTo(expected(ShopModelTest::noRepeat), within(0.006));
        assertThat(share(buyers, 2)).isCloseTo(expected(ShopModelTest::oneRepeat), within(0.004));
    }

    private static double share(List<Buyer> buyers, int purchases) {
        return buyers.stream()
                        .filter(buyer -> buyer.purchases().size() == purchases)
                        .count()
                / (double) buyers.size();
    }

    /// Of customers whose age is anything up to the shop's two years.
    private static double expected(DoubleUnaryOperator ofAge) {
        var steps = 10_000;
        return IntStream.range(0, steps)
                .mapToDouble(step -> ofAge.applyAsDouble((step + 0.5) / steps * 730 / 7))
                .average()
                .orElseThrow();
    }

    private static double noRepeat(double weeks) {
        return Math.pow(4.414 / (4.414 + weeks), 0.243);
    }

    private static double oneRepeat(double weeks) {
        var leaves = 0.793 / (0.793 + 2.426);
        var once = 0.243 * noRepeat(weeks) * weeks / (4.414 + weeks);
        return (1 - leaves) * once + leaves * (1 - noRepeat(weeks));
    }

    private static List<Buyer> all(ShopModel shop) {
        var all = new ArrayList<Buyer>();
        shop.forEach(all::add);
        return all;
    }
}

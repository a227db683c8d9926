package io.regulars.bench.shop;

import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

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

    private static List<Buyer> all(ShopModel shop) {
        var all = new ArrayList<Buyer>();
        shop.forEach(all::add);
        return all;
    }
}

package io.regulars.customer.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.Set;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.assertj.core.api.Assertions.assertThat;

class NettingPropertiesTest {

    record Documented(List<CustomerOrder> orders, List<OrderReturn> returns) {}

    @Property(tries = 500)
    void theOrderOfArrivalDoesNotMatter(@ForAll("documents") Documented documents, @ForAll Random shuffle) {
        var orders = new ArrayList<>(documents.orders());
        var returns = new ArrayList<>(documents.returns());
        Collections.shuffle(orders, shuffle);
        Collections.shuffle(returns, shuffle);

        assertThat(sorted(Netting.net(orders, returns, Set.of("P0"))))
                .isEqualTo(sorted(Netting.net(documents.orders(), documents.returns(), Set.of("P0"))));
    }

    @Property(tries = 500)
    void documentsThatArriveOneByOneEndAsIfTheyCameTogether(
            @ForAll("documents") Documented documents, @ForAll Random shuffle) {
        var arrived = new ArrayList<CustomerOrder>();
        var waiting = new ArrayList<>(documents.orders());
        Collections.shuffle(waiting, shuffle);
        for (CustomerOrder next : waiting) {
            arrived.add(next);
            var netted = Netting.net(arrived, documents.returns(), Set.of());
            arrived.clear();
            arrived.addAll(netted.orders());
        }

        assertThat(sorted(Netting.net(arrived, documents.returns(), Set.of())))
                .isEqualTo(sorted(Netting.net(documents.orders(), documents.returns(), Set.of())));
    }

    @Property(tries = 500)
    void noMoneyAppearsOrVanishes(@ForAll("documents") Documented documents) {
        var netted = Netting.net(documents.orders(), documents.returns(), Set.of());

        long paid = documents.orders().stream().mapToLong(CustomerOrder::amount).sum();
        long kept =
                netted.orders().stream().mapToLong(CustomerOrder::keptAmount).sum();
        long given = documents.returns().stream()
                .flatMap(giveBack -> giveBack.lines().stream())
                .mapToLong(OrderReturn.Line::amount)
                .sum();
        long unmatched = netted.returns().stream()
                .mapToLong(OrderReturn::unmatchedAmount)
                .sum();
        assertThat(paid - kept).isEqualTo(given - unmatched);
    }

    @Provide
    Arbitrary<Documented> documents() {
        var orders = Combinators.combine(Arbitraries.integers().between(0, 20), lines())
                .as((day, lines) -> Documents.order("x", day, lines.toArray(OrderContent.Line[]::new)))
                .list()
                .ofMaxSize(8);
        var returns = Combinators.combine(
                        Arbitraries.integers().between(0, 20),
                        products(),
                        Arbitraries.longs().between(1, 8),
                        Arbitraries.longs().between(0, 900))
                .as((day, product, quantity, amount) -> Documents.giveBack("x", day, product, quantity, amount))
                .list()
                .ofMaxSize(8);
        return Combinators.combine(orders, returns).as(NettingPropertiesTest::named);
    }

    private static Arbitrary<List<OrderContent.Line>> lines() {
        return Combinators.combine(
                        products(),
                        Arbitraries.longs().between(1, 6),
                        Arbitraries.longs().between(0, 1_000))
                .as(Documents::line)
                .list()
                .ofMinSize(1)
                .ofMaxSize(4);
    }

    private static Arbitrary<String> products() {
        return Arbitraries.integers().between(0, 4).map(number -> "P" + number);
    }

    private static Documented named(List<CustomerOrder> orders, List<OrderReturn> returns) {
        var namedOrders = new ArrayList<CustomerOrder>();
        for (CustomerOrder order : orders) {
            var content = order.content();
            namedOrders.add(CustomerOrder.fresh(
                    1,
                    1,
                    namedOrders.size(),
                    new OrderContent(
                            "o" + namedOrders.size(),
                            content.status(),
                            content.orderedAt(),
                            null,
                            null,
                            false,
                            0,
                            List.of(),
                            content.lines()),
                    false,
                    Documents.START));
        }
        var namedReturns = new ArrayList<OrderReturn>();
        for (OrderReturn giveBack : returns) {
            var content = new ReturnContent(
                    "r" + namedReturns.size(),
                    giveBack.returnedAt(),
                    giveBack.content().lines());
            namedReturns.add(OrderReturn.fresh(1, 1, namedReturns.size(), content, Documents.START));
        }
        return new Documented(namedOrders, namedReturns);
    }

    private static Netting.Result sorted(Netting.Result result) {
        return new Netting.Result(
                result.orders().stream()
                        .sorted(Comparator.comparing(CustomerOrder::externalId))
                        .toList(),
                result.returns().stream()
                        .sorted(Comparator.comparing(OrderReturn::externalId))
                        .toList());
    }
}

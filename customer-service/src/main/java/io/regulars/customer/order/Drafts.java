package io.regulars.customer.order;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

import jakarta.inject.Singleton;

import io.regulars.customer.input.Checks;
import io.regulars.customer.input.Written;
import io.regulars.customer.merchant.Settings;
import io.regulars.customer.profile.CustomerRefs;
import io.regulars.kit.id.Ref;

/// Checked documents on their way into the book: finds whose they are, turns away those of nobody, and writes
/// history apart from what happens now, so that each is published as what it is.
@Singleton
class Drafts {

    private final CustomerRefs refs;
    private final OrderBook book;

    Drafts(CustomerRefs refs, OrderBook book) {
        this.refs = refs;
        this.book = book;
    }

    /// A checked document and the customer it names.
    ///
    /// @param backfill as the document itself says
    record Draft<C>(Ref customer, C content, boolean backfill) {}

    /// @throws io.quarkiverse.resteasy.problem.HttpProblem with all that is wrong with it
    static <C> Draft<C> checked(String customer, Boolean backfill, Function<Checks, C> content) {
        var checks = new Checks();
        C checked = content.apply(checks);
        checks.orThrow();
        return new Draft<>(CustomerRefs.parse(customer), checked, Boolean.TRUE.equals(backfill));
    }

    static Draft<OrderContent> order(OrderInput input, Settings merchant, Instant now) {
        return checked(input.customerId(), input.backfill(), checks -> input.checked(checks, merchant, now));
    }

    private interface Write<C, D> {
        List<Written<D>> write(List<Placed<C>> placed, boolean backfill);
    }

    List<Written<CustomerOrder>> orders(Settings merchant, List<Draft<OrderContent>> drafts, boolean backfill) {
        return write(
                merchant,
                drafts,
                backfill,
                (placed, history) ->
                        book.write(merchant, placed, List.of(), history).orders());
    }

    List<Written<OrderReturn>> returns(Settings merchant, List<Draft<ReturnContent>> drafts, boolean backfill) {
        return write(
                merchant,
                drafts,
                backfill,
                (placed, history) ->
                        book.write(merchant, List.of(), placed, history).returns());
    }

    private <C, D> List<Written<D>> write(
            Settings merchant, List<Draft<C>> drafts, boolean backfill, Write<C, D> write) {
        Function<Ref, Optional<Long>> ids = refs.resolve(
                merchant.merchantId(), drafts.stream().map(Draft::customer).toList());
        Map<Integer, Written<D>> written = new HashMap<>();
        for (boolean history : new boolean[] {true, false}) {
            var places = new ArrayList<Integer>();
            var placed = new ArrayList<Placed<C>>();
            for (int i = 0; i < drafts.size(); i++) {
                Draft<C> draft = drafts.get(i);
                Optional<Long> customer = ids.apply(draft.customer());
                if (customer.isPresent() && (backfill || draft.backfill()) == history) {
                    places.add(i);
                    placed.add(new Placed<>(customer.get(), draft.content()));
                }
            }
            var answers = write.write(placed, history);
            for (int i = 0; i < answers.size(); i++) {
                written.put(places.get(i), answers.get(i));
            }
        }
        var results = new ArrayList<Written<D>>();
        for (int i = 0; i < drafts.size(); i++) {
            Ref customer = drafts.get(i).customer();
            results.add(written.containsKey(i) ? written.get(i) : Written.rejected(CustomerRefs.unknown(customer)));
        }
        return results;
    }
}

package io.regulars.customer.profile;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import jakarta.inject.Singleton;

import io.quarkiverse.resteasy.problem.HttpProblem;
import io.regulars.kit.id.Ref;
import io.regulars.kit.problem.Problems;

/// The customers that written documents name in `customerId`: many names, two questions to the database.
@Singleton
public class CustomerRefs {

    private static final String FIELD = "customerId";

    private final Customers customers;

    CustomerRefs(Customers customers) {
        this.customers = customers;
    }

    /// The reference that a document gives.
    ///
    /// @throws HttpProblem 422 where it is none
    public static Ref parse(String customerId) {
        if (customerId == null || customerId.isBlank()) {
            throw Problems.invalid(FIELD, "is required");
        }
        return Ref.parse("cus", customerId.strip())
                .orElseThrow(() ->
                        Problems.invalid(FIELD, "must be cus_… or ext: and the merchant's own id, such as ext:12346"));
    }

    /// What is said where a reference names no customer of this merchant.
    public static HttpProblem unknown(Ref ref) {
        String named = ref instanceof Ref.External(String externalId) ? "ext:" + externalId : "of this id";
        return Problems.invalid(FIELD, "no customer " + named + "; post the customer first");
    }

    /// The ids of those references that name a customer of this merchant.
    public Function<Ref, Optional<Long>> resolve(int merchant, Collection<Ref> refs) {
        Map<String, Long> external = new HashMap<>(customers.idsOf(
                merchant,
                only(refs, Ref.External.class).map(Ref.External::externalId).collect(Collectors.toSet())));
        Set<Long> known = customers.known(
                merchant, only(refs, Ref.Id.class).map(Ref.Id::id).collect(Collectors.toSet()));
        return ref -> switch (ref) {
            case Ref.Id(long id) -> known.contains(id) ? Optional.of(id) : Optional.empty();
            case Ref.External(String externalId) -> Optional.ofNullable(external.get(externalId));
        };
    }

    private static <R extends Ref> Stream<R> only(Collection<Ref> refs, Class<R> kind) {
        return refs.stream().filter(kind::isInstance).map(kind::cast);
    }
}

package io.regulars.campaign.audience;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.regulars.events.ScoreChanged.RepurchaseWindow;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.id.Ref;
import io.regulars.kit.problem.Problems;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.statement.SqlStatement;

/// Finds customers in the copy.
@ApplicationScoped
public class Customers {

    public static final String ID = "cus";

    private static final TypeReference<Map<String, Standing.Entered>> CLASSES = new TypeReference<>() {};
    private static final TypeReference<List<RepurchaseWindow>> WINDOWS = new TypeReference<>() {};

    /// What [#customer] reads, of `audience a`.
    static final String COLUMNS = """
            a.merchant_id, a.customer_id, a.profile_version, a.external_id, a.name, a.time_zone, a.phone, a.email,
            a.sms_consent, a.email_consent, a.inbox_consent, a.unsubscribe_token, a.erased, a.last_order_day, a.tier,
            a.tier_rank, a.tier_previous, a.tier_previous_rank, a.tier_seq, a.group_key, a.group_seq, a.stage,
            a.stage_seq, a.windows, a.churn_step, a.class_steps, a.language
            """;

    private static final String LOAD = "select " + COLUMNS + """
            from audience a
            join unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
              on a.merchant_id = k.merchant_id and a.customer_id = k.customer_id
            """;

    private static final String LOCK = """
            select a.merchant_id, a.customer_id, a.score_version from audience a
            join unnest(:merchants::int[], :customers::bigint[]) as k (merchant_id, customer_id)
              on a.merchant_id = k.merchant_id and a.customer_id = k.customer_id
            order by a.merchant_id, a.customer_id
            for no key update of a
            """;

    /// Of two profiles with one outside id the living one counts.
    private static final String BY_EXTERNAL = """
            select customer_id from audience where merchant_id = :merchant and external_id = :external
            order by erased, profile_version desc limit 1
            """;

    private static final String BY_ID = """
            select customer_id from audience
            where merchant_id = :merchant and customer_id = :customer and profile_version > 0
            """;

    private final Jdbi jdbi;
    private final ObjectMapper json;

    Customers(Jdbi jdbi, ObjectMapper json) {
        this.jdbi = jdbi;
        this.json = json;
    }

    /// The customer's id, by `cus_…` or `ext:…`; 404 where the merchant has none such.
    public long resolve(int merchant, String reference) {
        return find(merchant, reference).orElseThrow(() -> Problems.notFound("customer", reference));
    }

    public Optional<Long> find(int merchant, String reference) {
        return Ref.parse(ID, reference)
                .flatMap(ref -> jdbi.withHandle(handle -> switch (ref) {
                    case Ref.Id(long id) ->
                        handle.createQuery(BY_ID)
                                .bind("merchant", merchant)
                                .bind("customer", id)
                                .mapTo(Long.class)
                                .findOne();
                    case Ref.External(String externalId) ->
                        handle.createQuery(BY_EXTERNAL)
                                .bind("merchant", merchant)
                                .bind("external", externalId)
                                .mapTo(Long.class)
                                .findOne();
                }));
    }

    public static String publicId(long customer) {
        return PublicId.format(ID, customer);
    }

    public Optional<Customer> load(CustomerKey key) {
        return Optional.ofNullable(load(Set.of(key)).get(key));
    }

    /// Those of them that the copy holds.
    public Map<CustomerKey, Customer> load(Collection<CustomerKey> keys) {
        if (keys.isEmpty()) {
            return Map.of();
        }
        return jdbi.withHandle(
                handle -> bindKeys(handle.createQuery(LOAD), keys).map((row, context) -> customer(row)).list().stream()
                        .collect(Collectors.toMap(Customer::key, Function.identity())));
    }

    Map<CustomerKey, Long> lockScoreVersions(Collection<CustomerKey> keys) {
        return jdbi.withHandle(handle -> bindKeys(handle.createQuery(LOCK), keys)
                .reduceRows(new HashMap<>(), (versions, row) -> {
                    versions.put(
                            new CustomerKey(
                                    row.getColumn("merchant_id", Integer.class),
                                    row.getColumn("customer_id", Long.class)),
                            row.getColumn("score_version", Long.class));
                    return versions;
                }));
    }

    private static <S extends SqlStatement<S>> S bindKeys(S statement, Collection<CustomerKey> keys) {
        return CustomerKey.bind(statement, keys.stream().distinct().toList());
    }

    Customer customer(ResultSet row) throws SQLException {
        return new Customer(
                row.getInt("merchant_id"),
                row.getLong("customer_id"),
                row.getLong("profile_version") > 0,
                row.getString("external_id"),
                row.getString("name"),
                row.getString("time_zone"),
                row.getString("phone"),
                row.getString("email"),
                row.getObject("sms_consent", Boolean.class),
                row.getObject("email_consent", Boolean.class),
                row.getObject("inbox_consent", Boolean.class),
                row.getString("unsubscribe_token"),
                row.getBoolean("erased"),
                row.getObject("last_order_day", LocalDate.class),
                new Standing(
                        row.getString("tier"),
                        number(row, "tier_rank"),
                        row.getString("tier_previous"),
                        number(row, "tier_previous_rank"),
                        row.getLong("tier_seq"),
                        row.getString("group_key"),
                        row.getLong("group_seq"),
                        row.getString("stage"),
                        row.getLong("stage_seq"),
                        windows(row.getString("windows")),
                        row.getLong("churn_step"),
                        classes(row.getString("class_steps"))),
                row.getString("language"));
    }

    private static int number(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? -1 : value;
    }

    private Map<String, Standing.Entered> classes(String text) {
        if (text == null) {
            return null;
        }
        try {
            return json.readValue(text, CLASSES);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy's classes are unreadable", e);
        }
    }

    private List<RepurchaseWindow> windows(String text) {
        if ("[]".equals(text)) {
            return List.of();
        }
        try {
            return json.readValue(text, WINDOWS);
        } catch (IOException e) {
            throw new UncheckedIOException("the copy's windows are unreadable", e);
        }
    }
}

package io.regulars.campaign.coupon;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;

import io.regulars.kit.problem.Problems;
import io.regulars.kit.problem.Violation;
import org.jdbi.v3.core.Jdbi;

/// Codes that a merchant brings, one a line: of another system, or printed already.
@ApplicationScoped
class Pool {

    static final int MOST_LINES = 100_000;

    private static final int MOST_FAULTS = 100;

    /// @param added those that were new
    /// @param known those that were there already, in the pool or issued
    record Added(int added, int known) {}

    private static final String ADD = """
            insert into coupon_pool (merchant_id, coupon_id, code, shown)
            select :merchant, :coupon, n.code, n.shown from unnest(:codes::text[], :shown::text[]) as n (code, shown)
            where not exists (select from coupon_code k where k.merchant_id = :merchant and k.code = n.code)
              and not exists (select from coupon c where c.merchant_id = :merchant and c.shared_key = n.code)
            order by n.code
            on conflict do nothing
            """;

    private final Jdbi jdbi;

    Pool(Jdbi jdbi) {
        this.jdbi = jdbi;
    }

    /// All of them or, where a line is wrong, none.
    @Transactional
    Added add(Coupon coupon, byte[] text) {
        if (!CheckoutRules.POOL.equals(coupon.codes)) {
            throw Problems.conflict("the coupon's codes are " + coupon.codes + " and not of a pool");
        }
        Map<String, String> codes = read(text);
        int added = jdbi.withHandle(handle -> handle.createUpdate(ADD)
                .bind("merchant", coupon.merchantId)
                .bind("coupon", coupon.id)
                .bindArray("codes", String.class, List.copyOf(codes.keySet()))
                .bindArray("shown", String.class, List.copyOf(codes.values()))
                .execute());
        return new Added(added, codes.size() - added);
    }

    /// As they are written, by how they are compared.
    private static Map<String, String> read(byte[] text) {
        Map<String, String> codes = new LinkedHashMap<>();
        List<Violation> faults = new ArrayList<>();
        try (var lines = new BufferedReader(new StringReader(new String(text, StandardCharsets.UTF_8)))) {
            int number = 0;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String shown = line.replace("\ufeff", "").strip();
                String code = Codes.normal(shown);
                if (number > MOST_LINES) {
                    throw Problems.tooLarge("at most " + MOST_LINES + " codes at once");
                }
                if (!code.isEmpty() && !code.matches("[0-9A-Z]{4,60}")) {
                    faults.add(new Violation("line " + number, "must be 4 to 60 letters A to Z and digits"));
                } else if (!code.isEmpty()) {
                    codes.putIfAbsent(code, shown);
                }
                if (faults.size() >= MOST_FAULTS) {
                    throw Problems.invalid(faults);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (!faults.isEmpty()) {
            throw Problems.invalid(faults);
        }
        if (codes.isEmpty()) {
            throw Problems.invalid("line 1", "there is no code");
        }
        return codes;
    }
}

package io.regulars.customer.overview;

import jakarta.annotation.security.RolesAllowed;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import io.regulars.customer.rows.Rows;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jdbi.v3.core.Jdbi;

@Path("/v1/customers/counts")
@Tag(name = "customers")
class CountsResource {

    private static final String COUNT = """
            select jsonb_build_object(
              'customers', (select count(*) from customer where merchant_id = :merchant),
              'orders', (select count(*) from customer_order where merchant_id = :merchant),
              'returns', (select count(*) from order_return where merchant_id = :merchant),
              'products', (select count(*) from product where merchant_id = :merchant),
              'interactions', (select count(*) from interaction where merchant_id = :merchant))
            """;

    private final Jdbi jdbi;
    private final Merchant merchant;

    CountsResource(Jdbi jdbi, Merchant merchant) {
        this.jdbi = jdbi;
        this.merchant = merchant;
    }

    record CountsView(long customers, long orders, long returns, long products, long interactions) {}

    @GET
    @Transactional
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Count what is recorded")
    public CountsView counts() {
        return jdbi.withHandle(handle -> handle.createQuery(COUNT)
                .bind("merchant", merchant.id())
                .map(Rows.as(CountsView.class))
                .one());
    }
}

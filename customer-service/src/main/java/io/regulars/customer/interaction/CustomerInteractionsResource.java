package io.regulars.customer.interaction;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import io.regulars.customer.profile.CustomerPath;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/customers/{customer}/interactions")
@Tag(name = "interactions")
class CustomerInteractionsResource {

    private final Interactions interactions;
    private final CustomerPath customers;
    private final Merchant merchant;

    CustomerInteractionsResource(Interactions interactions, CustomerPath customers, Merchant merchant) {
        this.interactions = interactions;
        this.customers = customers;
        this.merchant = merchant;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "List a customer's interactions", description = "In the order in which they were recorded.")
    public Page<InteractionView> list(
            String customer, @QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return interactions
                .ofCustomer(
                        merchant.id(),
                        customers.find(merchant.id(), customer).customerId(),
                        Cursor.decodeLong(cursor),
                        Limit.of(limit))
                .map(InteractionView::of);
    }
}

package io.regulars.customer.profile;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.consent.ChannelName;
import io.regulars.customer.consent.Consents;
import io.regulars.customer.input.BatchInput;
import io.regulars.customer.input.BatchView;
import io.regulars.customer.input.Batches;
import io.regulars.customer.input.Checks;
import io.regulars.customer.merchant.Merchants;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged.Consent;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/customers")
@Tag(name = "customers", description = "Who the customers are, and what each of them allows")
@Idempotent
class CustomerResource {

    private final Customers customers;
    private final CustomerPath path;
    private final Merchants merchants;
    private final Merchant merchant;
    private final Batches batches;
    private final Clock clock;

    CustomerResource(
            Customers customers,
            CustomerPath path,
            Merchants merchants,
            Merchant merchant,
            Batches batches,
            Clock clock) {
        this.customers = customers;
        this.path = path;
        this.merchants = merchants;
        this.merchant = merchant;
        this.batches = batches;
        this.clock = clock;
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "List customers", description = "Personal data is masked for analysts.")
    public Page<CustomerView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        return customers
                .list(merchant.id(), Cursor.decodeLong(cursor), Limit.of(limit))
                .map(this::view);
    }

    @POST
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(
            summary = "Create or change a customer",
            description = "By the merchant's own id. What is absent stays as it is; an empty text or list empties it.")
    @APIResponse(
            responseCode = "201",
            description = "new",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = CustomerView.class)))
    @APIResponse(responseCode = "200", description = "changed, or the same")
    public Response write(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = CustomerInput.class),
                                            examples =
                                                    @ExampleObject(name = "a customer", value = CustomerExamples.ONE)))
                    CustomerInput input) {
        if (input == null) {
            throw Problems.badRequest("a body is required");
        }
        var settings = merchants.settings(merchant.id());
        return customers
                .say(settings.merchantId(), List.of(input.checked(settings, clock.instant())))
                .getFirst()
                .map(this::view)
                .answer(view -> URI.create("/v1/customers/" + view.id()));
    }

    @POST
    @Path("/batch")
    @RolesAllowed({Roles.OWNER, Roles.INTEGRATION})
    @Operation(summary = "Create or change up to 1,000 customers", description = "One answer for each.")
    public BatchView writeAll(
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            schema = @Schema(implementation = BatchInput.class),
                                            examples = @ExampleObject(name = "two", value = CustomerExamples.BATCH)))
                    BatchInput batch) {
        var settings = merchants.settings(merchant.id());
        Instant now = clock.instant();
        return batches.run(
                batch,
                CustomerInput.class,
                input -> input.checked(settings, now),
                profiles -> customers.say(settings.merchantId(), profiles),
                customer -> PublicId.format("cus", customer.customerId()),
                Customer::externalId);
    }

    @GET
    @Path("/{customer}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show a customer", description = "By cus_… or ext: and the merchant's own id.")
    public CustomerView show(String customer) {
        return view(path.find(merchant.id(), customer));
    }

    /// @param at when the customer said so; now where absent
    record ConsentInput(Boolean granted, String source, Instant at) {}

    @GET
    @Path("/{customer}/consents")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show what a customer allows", description = "A channel that is absent was never answered.")
    public Map<String, CustomerView.ConsentView> consents(String customer) {
        return CustomerView.consents(path.find(merchant.id(), customer).consents());
    }

    @PUT
    @Path("/{customer}/consents")
    @RolesAllowed({Roles.OWNER, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(
            summary = "Record what a customer said about messages",
            description = "On the channels named. The latest word stands: one that is older than what stands changes"
                    + " nothing.")
    public Map<String, CustomerView.ConsentView> consent(
            String customer,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = APPLICATION_JSON,
                                            examples =
                                                    @ExampleObject(
                                                            name = "no SMS any more",
                                                            value = CustomerExamples.CONSENT)))
                    Map<String, ConsentInput> said) {
        if (said == null) {
            throw Problems.badRequest("a body is required");
        }
        Customer found = path.find(merchant.id(), customer);
        return CustomerView.consents(customers
                .consent(merchant.id(), found.customerId(), answers(said))
                .consents());
    }

    private List<Consents.Answer> answers(Map<String, ConsentInput> said) {
        var checks = new Checks();
        Instant now = clock.instant();
        var answers = new ArrayList<Consents.Answer>();
        said.forEach((name, input) -> {
            Channel channel = ChannelName.parse(name).orElse(null);
            if (channel == null) {
                checks.violate(name, "is no channel; channels are " + ChannelName.all());
            } else if (input == null || input.granted() == null) {
                checks.violate(name + ".granted", "is required");
            } else {
                String source = checks.text(name + ".source", input.source(), 200);
                Instant at = checks.instant(name + ".at", input.at() == null ? now : input.at(), now);
                answers.add(new Consents.Answer(
                        channel, new Consent(input.granted(), at, source == null ? "api" : source)));
            }
        });
        checks.orThrow();
        return answers;
    }

    private CustomerView view(Customer customer) {
        return CustomerView.of(customer, masked());
    }

    /// Who has only the analyst's role need not see whom the figures are about.
    private boolean masked() {
        return !(merchant.has(Roles.OWNER)
                || merchant.has(Roles.MARKETER)
                || merchant.has(Roles.SUPPORT)
                || merchant.has(Roles.INTEGRATION));
    }
}

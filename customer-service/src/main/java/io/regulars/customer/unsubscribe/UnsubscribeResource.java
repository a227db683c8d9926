package io.regulars.customer.unsubscribe;

import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import io.regulars.customer.consent.ChannelName;
import io.regulars.customer.consent.Consents;
import io.regulars.customer.merchant.Merchants;
import io.regulars.customer.merchant.Settings;
import io.regulars.customer.profile.Customer;
import io.regulars.customer.profile.Customers;
import io.regulars.events.Channel;
import io.regulars.events.CustomerChanged.Consent;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/// Where the link of a message leads. A mail program posts by itself when its reader presses its own button
/// (RFC 8058); a browser shows a page whose button posts. Reading changes nothing: scanners of mail follow
/// links.
@Path("/unsubscribe/{token}")
@Tag(name = "unsubscribe", description = "The link in a message; no token is needed but the one in it")
@PermitAll
@Produces(MediaType.TEXT_HTML + ";charset=UTF-8")
class UnsubscribeResource {

    private static final String SOURCE = "unsubscribe-link";

    private final Customers customers;
    private final Merchants merchants;
    private final Clock clock;

    UnsubscribeResource(Customers customers, Merchants merchants, Clock clock) {
        this.customers = customers;
        this.merchants = merchants;
        this.clock = clock;
    }

    @GET
    @Operation(summary = "Show the page that asks", description = "Changes nothing.")
    public Response ask(
            String token, @QueryParam("channel") String channel, @HeaderParam("Accept-Language") String languages) {
        return answer(token, channel, languages, UnsubscribePage::ask);
    }

    @POST
    @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA, MediaType.WILDCARD})
    @Operation(
            summary = "Withdraw consent",
            description = "On the channel named, or on all. One click of a mail program (RFC 8058) or of the page."
                    + " The body is not read: whoever has the link may leave.")
    public Response withdraw(
            String token, @QueryParam("channel") String channel, @HeaderParam("Accept-Language") String languages) {
        return answer(token, channel, languages, (page, customer, named) -> {
            var withdrawal = new Consent(false, clock.instant(), SOURCE);
            customers.consent(
                    customer.merchantId(),
                    customer.customerId(),
                    named.stream()
                            .map(one -> new Consents.Answer(one, withdrawal))
                            .toList());
            return page.done();
        });
    }

    private interface Step {
        String page(UnsubscribePage page, Customer customer, List<Channel> channels);
    }

    private Response answer(String token, String channel, String languages, Step step) {
        Customer customer = customers.findByUnsubscribeToken(token).orElse(null);
        if (customer == null || !(channel == null || ChannelName.parse(channel).isPresent())) {
            return html(404, UnsubscribePage.unknown(languages));
        }
        Settings merchant = merchants.settings(customer.merchantId());
        List<Channel> channels =
                ChannelName.parse(channel).map(List::of).orElseGet(() -> Arrays.asList(Channel.values()));
        var page = new UnsubscribePage(language(customer, merchant), merchant.name(), channel);
        return html(200, step.page(page, customer, channels));
    }

    private static Locale language(Customer customer, Settings merchant) {
        return Locale.forLanguageTag(customer.language() == null ? merchant.locale() : customer.language());
    }

    private static Response html(int status, String page) {
        return Response.status(status)
                .entity(page)
                .header("Cache-Control", "no-store")
                .header("Referrer-Policy", "no-referrer")
                .header("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'")
                .header("X-Robots-Tag", "noindex")
                .build();
    }
}

package io.regulars.customer.imports;

import java.net.URI;
import java.time.Clock;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

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
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestForm;
import org.jboss.resteasy.reactive.multipart.FileUpload;

import static jakarta.ws.rs.core.MediaType.APPLICATION_JSON;

@Path("/v1/imports")
@Tag(name = "imports", description = "Order exports as CSV files, imported as jobs")
@Idempotent
class ImportResource {

    private final Imports imports;
    private final Merchant merchant;
    private final Clock clock;

    ImportResource(Imports imports, Merchant merchant, Clock clock) {
        this.imports = imports;
        this.merchant = merchant;
        this.clock = clock;
    }

    @POST
    @Consumes(MediaType.MULTIPART_FORM_DATA)
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.INTEGRATION})
    @Operation(summary = "Import a file of orders", description = """
                    A multipart form: `file` (CSV, or CSV packed with gzip; comma, semicolon or tab), `preset` (`orders`
                    or `online-retail`), `mapping` (a JSON object of field to column name, over the preset's, such as
                    `{"order_id": "订单编号"}`), `encoding` (UTF-8; GBK …), `backfill` (true where nothing is said: history,
                    which scores and starts no campaign).

                    Preset `orders` has the columns order_id, customer_id, ordered_at, product_code, product_name, category,
                    quantity, unit_price, amount, discount, returned_quantity, status, updated_at, channel, big_promotion,
                    coupon_code, customer_name, phone, email, region. Required are order_id, customer_id, ordered_at and
                    one of unit_price and amount (what was paid for the line; it prevails). Lines of one order_id form an
                    order, wherever they stand. Times without an offset are local to the merchant's zone; unit prices may
                    be finer than the currency, each line rounds once, half up; equal lines of an order are two units sold.

                    Customers and products that are unknown are made. A bad line is reported and left out; a bad phone or
                    e-mail address is reported and left out of its line. The same file again changes nothing.""")
    @APIResponse(
            responseCode = "202",
            description = "taken; Location is the job",
            content = @Content(mediaType = APPLICATION_JSON, schema = @Schema(implementation = ImportView.class)))
    @APIResponse(responseCode = "422", description = "not a file that can be read, with the reason")
    public Response start(
            @RestForm("file") FileUpload file,
            @RestForm String preset,
            @RestForm String mapping,
            @RestForm String encoding,
            @RestForm String backfill) {
        if (file == null) {
            throw Problems.invalid(FileCheck.FIELD, "is required");
        }
        ImportJob job = imports.accept(
                merchant.id(),
                new Imports.Sent(
                        file.uploadedFile(), shortened(file.fileName()), preset, mapping, encoding, flag(backfill)));
        ImportView view = ImportView.of(job, clock.instant());
        return Response.accepted(view)
                .location(URI.create("/v1/imports/" + view.id()))
                .build();
    }

    @GET
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "List imports")
    public Page<ImportView> list(@QueryParam("limit") Integer limit, @QueryParam("cursor") String cursor) {
        int size = Limit.of(limit);
        return Page.of(imports.page(merchant.id(), Cursor.decodeLong(cursor), size + 1), size, job ->
                        new Object[] {job.importId()})
                .map(job -> ImportView.of(job, clock.instant()));
    }

    @GET
    @Path("/{import}")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.ANALYST, Roles.SUPPORT, Roles.INTEGRATION})
    @Operation(summary = "Show an import and how far it is")
    public ImportView show(@PathParam("import") String named) {
        return ImportView.of(imports.find(merchant.id(), id(named)), clock.instant());
    }

    @GET
    @Path("/{import}/errors")
    @Produces("text/csv;charset=UTF-8")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.INTEGRATION})
    @Operation(summary = "The error report", description = "CSV with the columns line, reason, field, value.")
    public Response errors(@PathParam("import") String named) {
        ImportJob job = imports.find(merchant.id(), id(named));
        return Response.ok(new ErrorReport(imports, job.merchantId(), job.importId()))
                .header("Content-Disposition", "attachment; filename=\"" + named + "-errors.csv\"")
                .build();
    }

    @POST
    @Path("/{import}/cancel")
    @RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.INTEGRATION})
    @Operation(summary = "Cancel an import", description = "What it has written stays.")
    public ImportView cancel(@PathParam("import") String named) {
        return ImportView.of(imports.cancel(merchant.id(), id(named)), clock.instant());
    }

    private static long id(String named) {
        return PublicId.parse("imp", named).orElseThrow(() -> Problems.notFound("import", named));
    }

    private static boolean flag(String backfill) {
        return switch (backfill == null ? "" : backfill.strip()) {
            case "", "true" -> true;
            case "false" -> false;
            default -> throw Problems.invalid("backfill", "must be true or false");
        };
    }

    private static String shortened(String name) {
        String plain = name == null ? "file" : name.replace("\0", "");
        return plain.length() > 200 ? plain.substring(0, 200) : plain;
    }
}

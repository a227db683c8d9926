package io.regulars.campaign.task;

import java.time.Instant;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import com.fasterxml.jackson.databind.JsonNode;
import io.regulars.campaign.audience.Customers;
import io.regulars.campaign.campaign.Campaigns;
import io.regulars.campaign.reading.Faults;
import io.regulars.campaign.reading.Fields;
import io.regulars.kit.id.PublicId;
import io.regulars.kit.idempotency.Idempotent;
import io.regulars.kit.merchant.Merchant;
import io.regulars.kit.merchant.Roles;
import io.regulars.kit.paging.Cursor;
import io.regulars.kit.paging.Limit;
import io.regulars.kit.paging.Page;
import io.regulars.kit.problem.Problems;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.ExampleObject;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

@Path("/v1/callback-tasks")
@Tag(name = "tasks")
@RolesAllowed({Roles.OWNER, Roles.MARKETER, Roles.SUPPORT})
@Idempotent
class TaskResource {

    private static final List<String> STATES = List.of("open", "done");
    private static final List<String> OUTCOMES = List.of("reached", "not-reached", "declined", "wrong-number", "other");

    record TaskView(
            String id,
            String customerId,
            String campaignId,
            String title,
            String note,
            String state,
            Instant dueAt,
            Instant createdAt,
            String outcome,
            String comment,
            Instant completedAt,
            String completedBy) {

        static TaskView of(Tasks.Task task) {
            return new TaskView(
                    PublicId.format(Tasks.ID, task.id()),
                    Customers.publicId(task.customerId()),
                    Campaigns.publicId(task.campaignId()),
                    task.title(),
                    task.note(),
                    task.state(),
                    task.dueAt(),
                    task.createdAt(),
                    task.outcome(),
                    task.comment(),
                    task.completedAt(),
                    task.completedBy());
        }
    }

    private final Merchant merchant;
    private final Tasks tasks;
    private final Customers customers;

    TaskResource(Merchant merchant, Tasks tasks, Customers customers) {
        this.merchant = merchant;
        this.tasks = tasks;
        this.customers = customers;
    }

    @GET
    @Operation(summary = "What journeys ask the staff to do, the oldest first")
    public Page<TaskView> list(
            @QueryParam("state") String state,
            @QueryParam("customer") String customer,
            @QueryParam("limit") Integer limit,
            @QueryParam("cursor") String cursor) {
        if (state != null && !STATES.contains(state)) {
            throw Problems.invalid("state", "unknown \"" + state + "\"; known are " + String.join(", ", STATES));
        }
        int size = Limit.of(limit);
        List<Tasks.Task> rows = tasks.list(
                merchant.id(),
                state,
                customer == null ? null : customers.resolve(merchant.id(), customer),
                Cursor.decodeLong(cursor),
                size + 1);
        return Page.of(rows, size, task -> new Object[] {task.id()}).map(TaskView::of);
    }

    @POST
    @Path("/{t}/complete")
    @Operation(summary = "Say what came of a task")
    public TaskView complete(
            @PathParam("t") String id,
            @RequestBody(
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(type = SchemaType.OBJECT),
                                            examples =
                                                    @ExampleObject(
                                                            name = "reached",
                                                            value =
                                                                    "{\"outcome\": \"reached\", \"comment\": \"will order in May\"}")))
                    JsonNode body) {
        var faults = new Faults();
        Fields fields = Fields.of("", body, faults);
        String outcome = fields.required("outcome", fields.oneOf("outcome", OUTCOMES));
        String comment = fields.text("comment", 2_000);
        fields.done();
        faults.throwIfAny();
        return TaskView.of(tasks.complete(merchant.id(), merchant.actor(), id, outcome, comment));
    }
}

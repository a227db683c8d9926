package io.regulars.customer.imports;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

import io.regulars.customer.input.Amounts;
import io.regulars.customer.order.OrderContent;
import io.regulars.customer.order.ReturnContent;
import io.regulars.customer.profile.Profile;

/// Forms orders, returns and customers of the lines of a file, wherever in the file the lines stood.
final class Documents {

    private final List<Formed> formed = new ArrayList<>();
    private final List<LineError> errors = new ArrayList<>();
    private final Map<String, Profile> customers = new LinkedHashMap<>();

    private record Key(String customer, String document) {}

    /// A document and the lines that it is made of.
    ///
    /// @param order null where it is a return
    /// @param giveBack null where it is an order
    record Formed(String customer, OrderContent order, ReturnContent giveBack, List<StagedLine> lines) {}

    private Documents() {}

    static Documents of(List<StagedLine> lines) {
        var documents = new Documents();
        var byDocument = new LinkedHashMap<Key, List<StagedLine>>();
        var byCustomer = new LinkedHashMap<String, List<StagedLine>>();
        for (StagedLine line : lines) {
            byDocument
                    .computeIfAbsent(new Key(line.customer(), line.document()), key -> new ArrayList<>())
                    .add(line);
            byCustomer
                    .computeIfAbsent(line.customer(), key -> new ArrayList<>())
                    .add(line);
        }
        byDocument.values().forEach(documents::form);
        byCustomer.forEach((customer, own) -> documents.customers.put(customer, profile(customer, own)));
        return documents;
    }

    List<Formed> formed() {
        return formed;
    }

    List<LineError> errors() {
        return errors;
    }

    /// The customers of the documents.
    List<Profile> customers() {
        return formed.stream()
                .map(Formed::customer)
                .distinct()
                .map(customers::get)
                .toList();
    }

    private void form(List<StagedLine> unsorted) {
        var lines = unsorted.stream()
                .sorted(Comparator.comparingLong(StagedLine::line))
                .toList();
        long total = lines.stream().mapToLong(StagedLine::amount).sum();
        if (total > Amounts.MOST) {
            reject(lines, "the lines of this order cost more than %,d minor units together".formatted(Amounts.MOST));
            return;
        }
        StagedLine first = lines.getFirst();
        formed.add(
                first.giveBack()
                        ? new Formed(first.customer(), null, giveBack(lines), lines)
                        : new Formed(first.customer(), order(lines), null, lines));
    }

    void reject(List<StagedLine> lines, String reason) {
        for (StagedLine line : lines) {
            errors.add(new LineError(line.line(), Field.ORDER_ID.word(), reason, line.document()));
        }
    }

    /// Lines of one order may tell different times; it was ordered at the first.
    private static OrderContent order(List<StagedLine> lines) {
        StagedLine latest =
                lines.stream().max(Comparator.comparing(StagedLine::status)).orElseThrow();
        return new OrderContent(
                lines.getFirst().document(),
                latest.status(),
                lines.stream()
                        .map(StagedLine::at)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                lines.stream()
                        .map(StagedLine::updatedAt)
                        .filter(Objects::nonNull)
                        .max(Comparator.naturalOrder())
                        .orElse(null),
                lines.stream()
                        .map(StagedLine::channel)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null),
                lines.stream().anyMatch(StagedLine::bigPromotion),
                0,
                lines.stream()
                        .map(StagedLine::couponCode)
                        .filter(Objects::nonNull)
                        .distinct()
                        .toList(),
                lines.stream()
                        .map(line -> new OrderContent.Line(
                                line.productCode(),
                                line.productName(),
                                line.category(),
                                line.quantity(),
                                line.unitPrice(),
                                line.discount(),
                                line.amount(),
                                line.returnedQuantity()))
                        .toList());
    }

    private static ReturnContent giveBack(List<StagedLine> lines) {
        return new ReturnContent(
                lines.getFirst().document(),
                lines.stream()
                        .map(StagedLine::at)
                        .min(Comparator.naturalOrder())
                        .orElseThrow(),
                lines.stream()
                        .map(line -> new ReturnContent.Line(
                                line.productCode(),
                                line.productName(),
                                line.quantity(),
                                line.unitPrice(),
                                line.amount()))
                        .toList());
    }

    /// What the latest line that says it says.
    private static Profile profile(String customer, List<StagedLine> lines) {
        var latestFirst = lines.stream()
                .sorted(Comparator.comparing(StagedLine::at)
                        .thenComparing(StagedLine::line)
                        .reversed())
                .toList();
        return Profile.ofImport(
                customer,
                said(latestFirst, StagedLine::customerName),
                said(latestFirst, StagedLine::region),
                said(latestFirst, StagedLine::phone),
                said(latestFirst, StagedLine::email));
    }

    private static String said(List<StagedLine> lines, Function<StagedLine, String> what) {
        return lines.stream().map(what).filter(Objects::nonNull).findFirst().orElse(null);
    }
}

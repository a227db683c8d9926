package io.regulars.campaign.measure;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.regulars.campaign.lift.Arm;
import io.regulars.campaign.reading.Faults;
import io.regulars.kit.money.Money;

/// Reads an experiment, one line a customer, in one pass: what is kept of it are the sums of each arm.
final class ExperimentCsv {

    private static final int LONGEST_NUMBER = 50;
    private static final BigDecimal MORE_THAN_CAN_BE = new BigDecimal("1e30");

    private static final List<String> COLUMNS = List.of("arm", "converted", "sales");
    private static final int MOST_ARMS = 50;
    private static final int LONGEST_NAME = 100;

    /// A wrong column is wrong on each line.
    private static final int MOST_FAULTS = 20;

    /// So that the sums of all lines that a request can hold stay within a `long`.
    private static final long MOST_SALES = 1_000_000_000_000L;

    private static final Set<String> YES = Set.of("1", "true", "yes", "y");
    private static final Set<String> NO = Set.of("0", "false", "no", "n");

    private static final class Sums {
        private long customers;
        private long converted;
        private long sales;
        private BigInteger squares = BigInteger.ZERO;

        private void add(boolean did, long spent) {
            customers++;
            converted += did ? 1 : 0;
            sales = Math.addExact(sales, spent);
            squares = squares.add(BigInteger.valueOf(spent).pow(2));
        }
    }

    private final String currency;
    private final Faults faults;
    private final Map<String, Sums> arms = new LinkedHashMap<>();
    private int[] places;
    private int wrong;

    private ExperimentCsv(String currency, Faults faults) {
        this.currency = currency;
        this.faults = faults;
    }

    /// The arms in the order in which the file names them. What is wrong is noted by its line, the first
    /// twenty.
    static List<Arm> read(InputStream in, String currency, Faults faults) {
        var reading = new ExperimentCsv(currency, faults);
        try {
            // not closed: the stream is the server's
            var csv = CsvReader.builder()
                    .allowMissingFields(true)
                    .allowExtraFields(true)
                    .ofCsvRecord(new InputStreamReader(in, StandardCharsets.UTF_8));
            for (CsvRecord line : csv) {
                if (!reading.take(line) || reading.wrong >= MOST_FAULTS) {
                    break;
                }
            }
            in.transferTo(OutputStream.nullOutputStream());
        } catch (CsvParseException e) {
            reading.wrong++;
            faults.add("body", "is no CSV: " + e.getMessage());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (reading.places == null && reading.wrong == 0) {
            faults.add("body", "is empty: its first line must name arm, converted, sales");
        } else if (reading.arms.isEmpty() && reading.wrong == 0) {
            faults.add("body", "has no line but its first");
        }
        return reading.sums();
    }

    private List<Arm> sums() {
        List<Arm> sums = new ArrayList<>();
        arms.forEach((name, of) -> sums.add(new Arm(name, of.customers, of.converted, of.sales, of.squares)));
        return sums;
    }

    /// @return whether it makes sense to go on
    private boolean take(CsvRecord line) {
        if (places == null) {
            return header(line);
        }
        if (line.getFieldCount() != COLUMNS.size()) {
            fault(line, "line", "has %d fields instead of %d".formatted(line.getFieldCount(), COLUMNS.size()));
            return true;
        }
        String arm = arm(line);
        Boolean did = converted(line);
        Long spent = sales(line);
        if (arm != null && did != null && spent != null) {
            arms.computeIfAbsent(arm, name -> new Sums()).add(did, spent);
        }
        return true;
    }

    private boolean header(CsvRecord line) {
        List<String> names = line.getFields().stream()
                .map(name -> name.replace("\uFEFF", "").strip().toLowerCase(Locale.ROOT))
                .toList();
        for (String column : COLUMNS) {
            if (names.stream().filter(column::equals).count() != 1) {
                fault(line, column, "must stand once in the first line, which names the columns arm, converted, sales");
            }
        }
        names.stream()
                .filter(name -> !COLUMNS.contains(name))
                .limit(COLUMNS.size())
                .forEach(name -> fault(
                        line, "column", "unknown \"" + shown(name) + "\"; known are " + String.join(", ", COLUMNS)));
        places = COLUMNS.stream().mapToInt(names::indexOf).toArray();
        return wrong == 0;
    }

    private String arm(CsvRecord line) {
        String name = line.getField(places[0]).strip();
        if (name.isEmpty() || name.length() > LONGEST_NAME) {
            fault(line, "arm", "must be 1 to " + LONGEST_NAME + " characters");
            return null;
        }
        if (!arms.containsKey(name) && arms.size() == MOST_ARMS) {
            fault(line, "arm", "is one more than the " + MOST_ARMS + " arms that can be compared");
            return null;
        }
        return name;
    }

    private Boolean converted(CsvRecord line) {
        String text = line.getField(places[1]).strip().toLowerCase(Locale.ROOT);
        if (YES.contains(text) || NO.contains(text)) {
            return YES.contains(text);
        }
        fault(line, "converted", "must be 1 or 0, true or false, yes or no");
        return null;
    }

    /// An empty cell is nothing bought.
    private Long sales(CsvRecord line) {
        String text = line.getField(places[2]).strip();
        if (text.isEmpty()) {
            return 0L;
        }
        try {
            var amount = text.length() > LONGEST_NUMBER ? MORE_THAN_CAN_BE : new BigDecimal(text);
            if (amount.precision() <= 20 && Math.abs(amount.scale()) <= 20) {
                long minor = Money.minor(amount, currency);
                if (Math.abs(minor) <= MOST_SALES) {
                    return minor;
                }
            }
            fault(line, "sales", "is larger than can be");
        } catch (NumberFormatException e) {
            fault(line, "sales", "must be a decimal such as 199.00");
        } catch (IllegalArgumentException e) {
            fault(line, "sales", e.getMessage());
        }
        return null;
    }

    private void fault(CsvRecord line, String column, String message) {
        wrong++;
        if (wrong < MOST_FAULTS) {
            faults.add("line " + line.getStartingLineNumber() + ": " + column, message);
        } else if (wrong == MOST_FAULTS) {
            faults.add("line " + line.getStartingLineNumber() + ": " + column, message + "; later lines were not read");
        }
    }

    private static String shown(String name) {
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}

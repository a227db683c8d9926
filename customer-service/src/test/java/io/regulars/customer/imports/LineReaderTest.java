package io.regulars.customer.imports;

import java.time.Instant;
import java.util.EnumMap;
import java.util.List;

import io.regulars.customer.merchant.Settings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class LineReaderTest {

    private static final Settings SHOP = new Settings(1, 1, "Gift shop", "Europe/London", "GBP", "en-GB", List.of());
    private static final Instant NOW = Instant.parse("2012-01-01T00:00:00Z");

    @Test
    void aLineOfTheGiftShopIsRead() {
        var line = read("536365,85123A,WHITE LANTERN  ,6,2010-12-01 08:26:00,2.555,17850.0,United Kingdom")
                .line();

        assertThat(line.customer()).isEqualTo("17850");
        assertThat(line.productName()).isEqualTo("WHITE LANTERN");
        assertThat(line.amount()).isEqualTo(1533);
        assertThat(line.at()).isEqualTo(Instant.parse("2010-12-01T08:26:00Z"));
        assertThat(line.giveBack()).isFalse();
    }

    @Test
    void timesAreLocalToTheShop() {
        assertThat(read("1,A,x,1,2011-07-01 08:26:00,1.00,1,UK").line().at())
                .isEqualTo(Instant.parse("2011-07-01T07:26:00Z"));
    }

    @Test
    void aCancellingInvoiceIsAReturn() {
        var line = read("C541433,23166,JAR,-74215,2011-01-18 10:17:00,1.04,12346.0,United Kingdom")
                .line();

        assertThat(line.giveBack()).isTrue();
        assertThat(line.quantity()).isEqualTo(74_215);
        assertThat(line.amount()).isEqualTo(7_718_360);
    }

    @Test
    void whatCostsNothingIsAFreeItem() {
        assertThat(read("1,A,x,1,2011-07-01 08:26:00,0.0,1,UK").line().amount()).isZero();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,A,x,1,2011-07-01 08:26:00,1.00,,UK               | CustomerID  | the line names no customer",
                ",A,x,1,2011-07-01 08:26:00,1.00,1,UK               | InvoiceNo   | is required",
                "1,A,x,-5,2011-07-01 08:26:00,1.00,1,UK             | Quantity    | must be 1 or more on an invoice that cancels nothing",
                "C1,A,x,5,2011-07-01 08:26:00,1.00,1,UK             | Quantity    | must be negative on a cancelling invoice",
                "1,A,x,1.5,2011-07-01 08:26:00,1.00,1,UK            | Quantity    | must be a whole number",
                "1,A,x,many,2011-07-01 08:26:00,1.00,1,UK           | Quantity    | is no number",
                "1,A,x,99999999,2011-07-01 08:26:00,1.00,1,UK       | Quantity    | must be at most 1,000,000",
                "1,A,x,1,2011-07-01 08:26:00,-1.00,1,UK             | UnitPrice   | must not be negative",
                "1,A,x,1,2011-07-01 08:26:00,,1,UK                  | UnitPrice   | is required",
                "1,A,x,1,2011-02-30 08:26:00,1.00,1,UK              | InvoiceDate | is no date and time such as 2026-03-01 12:00:00",
                "1,A,x,1,2099-01-01 00:00:00,1.00,1,UK              | InvoiceDate | must not be more than a day in the future",
                "1,A,x,1,1969-01-01 00:00:00,1.00,1,UK              | InvoiceDate | must not be before 1970",
                "1,A,x,1                                            | CustomerID  | the line names no customer",
            })
    void aBadLineIsRejectedWithColumnAndReason(String line, String column, String reason) {
        var reading = read(line);

        assertThat(reading.line()).isNull();
        assertThat(reading.errors()).anySatisfy(error -> {
            assertThat(error.field()).isEqualTo(column);
            assertThat(error.reason()).isEqualTo(reason);
        });
    }

    private static LineReader.Reading read(String line) {
        var columns = new EnumMap<Field, Integer>(Field.class);
        var header = List.of(
                Field.ORDER_ID,
                Field.PRODUCT_CODE,
                Field.PRODUCT_NAME,
                Field.QUANTITY,
                Field.ORDERED_AT,
                Field.UNIT_PRICE,
                Field.CUSTOMER_ID,
                Field.REGION);
        header.forEach(field -> columns.put(field, header.indexOf(field)));
        var layout = new Layout("online-retail", "UTF-8", ',', columns, Preset.ONLINE_RETAIL.columns(), true, true);
        return new LineReader(layout, SHOP, NOW).read(2, List.of(line.split(",", -1)));
    }
}

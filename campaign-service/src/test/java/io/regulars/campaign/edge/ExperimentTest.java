package io.regulars.campaign.edge;

import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.TestTokens;
import io.regulars.kit.merchant.Roles;
import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.http.ContentType;
import io.restassured.response.ValidatableResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.closeTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.is;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
class ExperimentTest extends ServiceEdge {

    private static final String HEADER = "converted,arm,sales\n";

    /// The same figures as in the test of the analysis.
    @Test
    void analysesAnExperimentMadeElsewhere() {
        analyse(
                        "?control=holdout&shares=sent:90,holdout:10&days=10",
                        HEADER
                                + "1,sent,1.00\n".repeat(495)
                                + "0,sent,\n".repeat(8_505)
                                + "1,holdout,1\n".repeat(40)
                                + "0,holdout,0\n".repeat(960))
                .statusCode(200)
                .body("arms[0].customers", is(9_000))
                .body("arms[1].sales.amount", is("40.00"))
                .body("comparisons[0].conversion.z.toDouble()", closeTo(1.999748, 5e-7))
                .body("comparisons[0].conversion.p.toDouble()", closeTo(0.045527, 5e-7))
                .body("comparisons[0].conversion.needed.days", is(9))
                .body("comparisons[0].sales.difference.toDouble()", closeTo(0.015, 5e-7))
                .body("sampleRatio.p.toDouble()", closeTo(1, 5e-7))
                .body("cautions", hasSize(0));
    }

    @Test
    void writesFiguresAsPeopleDo() {
        String answer = analyse(
                        "?control=a&shares=a:95,b:5",
                        HEADER
                                + "1,a,1\n".repeat(100)
                                + "0,a,0\n".repeat(900)
                                + "1,b,1.1\n".repeat(105)
                                + "0,b,0\n".repeat(895))
                .statusCode(200)
                .extract()
                .asString();

        assertThat(answer).contains("\"lift\":0.05,", "\"difference\":0.005,", "{\"a\":0.95,\"b\":0.05}");
        assertThat(answer).doesNotContainPattern("[0-9]{16}");
    }

    @Test
    void comparesWithTheArmNamedControl() {
        analyse("", HEADER + "1,a,1\n0,Control,0\n0,b,0\n")
                .statusCode(200)
                .body("control", is("Control"))
                .body("comparisons.arm", hasItems("a", "b"));
        analyse("", HEADER + "1,a,1\n0,b,0\n")
                .body("control", nullValue())
                .body("notTold", hasItems("comparisons: no arm is named as the control"));
    }

    @Test
    void namesEveryBadLineAtOnce() {
        analyse("", HEADER + "1,a,1\nx,a,1\n1,a,1.234\n")
                .statusCode(422)
                .contentType("application/problem+json")
                .body("violations.field", hasItems("line 3: converted", "line 4: sales"));
    }

    @Test
    void refusesWhatItCannotRead() {
        String body = HEADER + "1,a,1\n";
        for (String query :
                new String[] {"shares=a", "shares=b:1", "shares=a:0", "currency=XQX", "effect=x", "days=0"}) {
            analyse("?" + query, body).statusCode(422).body("violations", hasSize(1));
        }
        as(Roles.OWNER).body("{}").post("/v1/experiments/analyses").then().statusCode(415);
        analyse(Roles.SUPPORT, "", body).statusCode(403);
    }

    private ValidatableResponse analyse(String query, String csv) {
        return analyse(Roles.ANALYST, query, csv);
    }

    private ValidatableResponse analyse(String role, String query, String csv) {
        return RestAssured.given()
                .config(RestAssured.config()
                        .encoderConfig(EncoderConfig.encoderConfig().encodeContentTypeAs("text/csv", ContentType.TEXT)))
                .auth()
                .oauth2(TestTokens.bearer(shop.merchant(), role))
                .contentType("text/csv")
                .body(csv)
                .post("/v1/experiments/analyses" + query)
                .then();
    }
}

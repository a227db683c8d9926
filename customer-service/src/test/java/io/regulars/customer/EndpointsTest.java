package io.regulars.customer;

import java.util.List;
import java.util.Map;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.regulars.embedded.ServiceTestResource;
import org.junit.jupiter.api.Test;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@WithTestResource(ServiceTestResource.class)
class EndpointsTest {

    @Test
    void everyOperationIsDescribedAndEveryJsonBodyHasAnExample() {
        Map<String, Map<String, Map<String, Object>>> paths = given().accept("application/json")
                .get("/openapi")
                .then()
                .statusCode(200)
                .extract()
                .path("paths");

        assertThat(paths).containsKeys("/api/customer/v1/orders/batch", "/api/customer/oauth/token");
        paths.forEach((path, operations) -> operations.forEach((method, operation) -> {
            assertThat(operation.get("summary")).as(method + " " + path).isNotNull();
            if (operation.get("requestBody") instanceof Map<?, ?> body
                    && body.get("content") instanceof Map<?, ?> content
                    && content.get("application/json") instanceof Map<?, ?> json) {
                assertThat(json.get("examples")).as(method + " " + path).isNotNull();
            }
        }));
    }

    @Test
    void noEndpointAnswersWithoutATokenButThoseThatGiveOneOrCarryOne() {
        Map<String, Map<String, Object>> paths = given().accept("application/json")
                .get("/openapi")
                .then()
                .extract()
                .path("paths");

        paths.forEach((path, operations) -> {
            if (path.contains("/v1/")) {
                String concrete = path.replace("/api/customer", "").replaceAll("\\{[a-z]+}", "ext:x");
                for (String method : List.of("get", "post", "put", "delete")) {
                    if (operations.containsKey(method)) {
                        int status = given().contentType(
                                        concrete.equals("/v1/imports") && method.equals("post")
                                                ? "multipart/form-data; boundary=x"
                                                : "application/json")
                                .request(method, concrete)
                                .statusCode();
                        assertThat(status).as(method + " " + concrete).isEqualTo(401);
                    }
                }
            }
        });
    }
}

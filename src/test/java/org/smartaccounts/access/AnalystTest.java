package org.smartaccounts.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.smartaccounts.support.Tasklist.PAULA;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.smartaccounts.support.ApplicationTest;
import org.smartaccounts.support.RequestForm;
import org.smartaccounts.support.Visitor;

/** An analyst watches in Cockpit where requests wait, and cannot find out what is said in them. */
class AnalystTest extends ApplicationTest {

    private static final String ENGINE = "/camunda/api/engine/engine/default";

    private Visitor analyst = new Visitor("");

    @BeforeEach
    void logIn() {
        tasklist.request(PAULA, RequestForm.forNewCustomer());
        analyst = loggedIn("aiko");
    }

    @Test
    void seesWhereRequestsWait() {
        assertThat(analyst.call("POST", ENGINE + "/process-instance?maxResults=5", """
                        {"processDefinitionKey": "smartAccountRequest", "variables": [], "sorting": [{"sortBy": "instanceId", "sortOrder": "asc"}]}""")
                        .body())
                .contains("SAR-");
        assertThat(analyst.call("GET", ENGINE + "/process-definition/statistics", "")
                        .body())
                .contains("smartAccountRequest");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            /process-instance/count | {"variables": [{"name": "customerEmail", "operator": "like", "value": "anna%"}]}
            /process-instance       | {"orQueries": [{"variables": [{"name": "customerEmail", "operator": "like", "value": "anna%"}]}]}
            /process-instance       | {"incidentMessageLike": "%anna%"}
            /task/count             | {"processVariables": [{"name": "accountName", "operator": "like", "value": "C%"}]}
            /task                   | {"sorting": [{"sortBy": "processVariable", "sortOrder": "asc", "parameters": {"variable": "accountName", "type": "String"}}]}
            /process-instance/count | {"variables": [{"name": "customerEmail"
            """)
    void cannotGuessThemLetterByLetter(String query, String body) {
        assertThat(analyst.call("POST", ENGINE + query, body).statusCode()).isEqualTo(403);
        assertThat(analyst.call("POST", ENGINE.replace("engine/engine", "cockpit/plugin/base") + query, body)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void notByAnAddressEither() {
        assertThat(analyst.call("GET", ENGINE + "/process-instance/count?variables=customerEmail_like_anna%25", "")
                        .statusCode())
                .isEqualTo(403);
        assertThat(analyst.call("GET", ENGINE + "/task/count?processVariables=customerEmail_like_anna%25", "")
                        .statusCode())
                .isEqualTo(403);
    }
}

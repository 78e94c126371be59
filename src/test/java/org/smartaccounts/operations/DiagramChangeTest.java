package org.smartaccounts.operations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.model.bpmn.Bpmn;
import org.camunda.bpm.model.bpmn.BpmnModelInstance;
import org.junit.jupiter.api.Test;

/** What the Modeler leaves behind in a diagram when somebody clears a field. */
class DiagramChangeTest {

    private static final String FORMER = "name=\"formerIds\" value=\"Event_correctionDue\"";

    @Test
    void aClearedFieldSaysNothing() throws IOException {
        String before = read("1.3.0");
        String after = read("1.5.0");
        assertThat(after).contains(FORMER, ">P7D<");
        String cleared = after.replace(FORMER, "name=\"formerIds\" value=\"\"")
                .replace(
                        "name=\"daysLeft\"",
                        "name=\"appliesToRunningRequests\" value=\"\" /><camunda:property name=\"daysLeft\"");

        assertThat(new DiagramChange(model(before), model(after)).ids())
                .containsEntry("Event_correctionDue", "Event_correctionReminderDue");
        DiagramChange change = new DiagramChange(model(before), model(cleared));
        assertThat(change.ids()).isNotEmpty().doesNotContainKey("Event_correctionDue");
        assertThat(change.timersCountedAnew()).isEmpty();
    }

    private static String read(String version) throws IOException {
        return Files.readString(Path.of("src", "test", "resources", "released", version, "smartAccountRequest.bpmn"));
    }

    private static BpmnModelInstance model(String content) {
        return Bpmn.readModelFromStream(new ByteArrayInputStream(content.getBytes(StandardCharsets.UTF_8)));
    }
}

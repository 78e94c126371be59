package org.smartaccounts.operations.check;

/**
 * A diagram that was released before.
 *
 * @param process    its id
 * @param versionTag its version
 * @param content    of its file
 */
public record ReleasedDiagram(String process, String versionTag, String content) {

    /** @throws org.camunda.bpm.model.xml.ModelException if it is no diagram */
    public static ReleasedDiagram of(String content) {
        Diagram diagram = Diagram.read("released", content);
        return new ReleasedDiagram(diagram.processId(), diagram.versionTag(), content);
    }
}

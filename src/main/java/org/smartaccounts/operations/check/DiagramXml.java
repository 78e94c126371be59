package org.smartaccounts.operations.check;

import java.util.Set;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.w3c.dom.Attr;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/** A diagram as XML, for what can stand anywhere in it. */
final class DiagramXml {

    private static final String BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL";
    private static final Set<String> VARIABLE_ATTRIBUTES = Set.of("elementVariable", "resultVariable", "variableName");
    private static final Set<String> PARAMETERS = Set.of("inputParameter", "outputParameter");

    private DiagramXml() {}

    /** Visits every element with the id by which a person finds it in the Modeler. Documentation is for people. */
    static void visit(Diagram diagram, BiConsumer<String, Element> visitor) {
        visit(diagram.xml().getDocumentElement(), diagram.processId(), visitor);
    }

    private static void visit(Element element, String around, BiConsumer<String, Element> visitor) {
        if (element.getLocalName().equals("documentation")) {
            return;
        }
        String id = isFound(element) ? element.getAttribute("id") : around;
        visitor.accept(id, element);
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child instanceof Element inner) {
                visit(inner, id, visitor);
            }
        }
    }

    /** Not the parts of which an event, a loop or a condition consists. */
    private static boolean isFound(Element element) {
        String name = element.getLocalName();
        return BPMN.equals(element.getNamespaceURI())
                && element.hasAttribute("id")
                && !name.equals("definitions")
                && !name.equals("condition")
                && !name.startsWith("time")
                && !name.endsWith("EventDefinition")
                && !name.endsWith("LoopCharacteristics")
                && !name.endsWith("Expression");
    }

    static Stream<Attr> attributes(Element element) {
        return IntStream.range(0, element.getAttributes().getLength())
                .mapToObj(i -> (Attr) element.getAttributes().item(i));
    }

    /** What stands directly in an element. */
    static String text(Element element) {
        StringBuilder text = new StringBuilder();
        for (Node child = element.getFirstChild(); child != null; child = child.getNextSibling()) {
            if (child.getNodeType() == Node.TEXT_NODE || child.getNodeType() == Node.CDATA_SECTION_NODE) {
                text.append(child.getNodeValue());
            }
        }
        return text.toString().strip();
    }

    /** The variables that an element sets or watches. */
    static Stream<String> variables(Element element) {
        Stream<String> named = attributes(element)
                .filter(attribute -> Diagram.CAMUNDA.equals(attribute.getNamespaceURI())
                        && VARIABLE_ATTRIBUTES.contains(attribute.getLocalName()))
                .map(Attr::getValue);
        return PARAMETERS.contains(element.getLocalName())
                ? Stream.concat(named, Stream.of(element.getAttribute("name")))
                : named;
    }
}

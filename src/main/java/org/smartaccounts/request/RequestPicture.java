package org.smartaccounts.request;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.repository.ProcessDefinition;
import org.camunda.bpm.model.bpmn.instance.FlowElement;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.bpmn.instance.bpmndi.BpmnShape;
import org.camunda.bpm.model.bpmn.instance.dc.Bounds;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.process.EngineHooks;
import org.springframework.stereotype.Component;
import org.springframework.util.ConcurrentLruCache;

/**
 * The picture of the process, as SVG, on which it is marked where a request stands. Each version of the process has the picture that was
 * deployed with it, or none. The picture and the diagram measure in the same units; so it is the diagram that tells where an element is, and
 * the picture only gets something drawn on top.
 */
@Component
public class RequestPicture {

    /** A part of the picture that can be read on a phone. */
    private static final double PART_WIDTH = 900;

    private static final double PART_HEIGHT = 500;

    /** Between a task and its mark, and around the mark. */
    private static final double GAP = 9;

    private static final double PIN_HEIGHT = 46;

    private static final int VERSIONS_KEPT = 16;
    private static final Pattern FRAME = Pattern.compile(
            "width=\"[^\"]*\" height=\"[^\"]*\" viewBox=\"([-.0-9]+) ([-.0-9]+) ([-.0-9]+) ([-.0-9]+)\"");
    private static final String END = "</svg>";

    private final RepositoryService repository;
    private final EngineHooks engine;
    private final ConcurrentLruCache<String, Drawing> drawings = new ConcurrentLruCache<>(VERSIONS_KEPT, this::load);

    RequestPicture(RepositoryService repository, EngineHooks engine) {
        this.repository = repository;
        this.engine = engine;
    }

    /** Whether this version of the process has a picture. */
    public boolean exists(String definition) {
        return drawings.get(definition).picture().isPresent();
    }

    /**
     * The whole process.
     *
     * @param definition the id of the version of the process
     * @param elements   the ids of the elements to mark; what is not in the diagram is left out
     * @return empty if this version has no picture
     */
    public Optional<String> whole(String definition, Collection<String> elements) {
        Drawing drawing = drawings.get(definition);
        return drawing.picture().map(picture -> marked(picture, drawing.placesOf(elements)));
    }

    /**
     * The part of the process around the first of the elements, which is always wholly in it: 900 by 500 units, or more if the element is
     * larger. Without any element it is the whole process.
     *
     * @param definition the id of the version of the process
     * @param elements   the ids of the elements to mark; what is not in the diagram is left out
     * @return empty if this version has no picture
     */
    public Optional<String> around(String definition, Collection<String> elements) {
        List<Place> places = drawings.get(definition).placesOf(elements);
        return whole(definition, elements).map(all -> places.isEmpty() ? all : cut(all, places.get(0)));
    }

    /**
     * What the elements are called in the diagram, in the same order, for those who do not see the picture. One that has no name there, such as
     * a gateway, is called by the words of its id.
     */
    public List<String> namesOf(String definition, Collection<String> elements) {
        Drawing drawing = drawings.get(definition);
        return elements.stream()
                .map(id -> Optional.ofNullable(drawing.names().get(id)).orElseGet(() -> inWords(id)))
                .toList();
    }

    /** Of {@code Gateway_domainApproval}, "Domain approval". */
    private static String inWords(String id) {
        String words = id.substring(id.indexOf('_') + 1)
                .replaceAll("(?<=[a-z0-9])(?=[A-Z])", " ")
                .replace('_', ' ')
                .toLowerCase(Locale.ROOT)
                .strip();
        return words.isEmpty() ? id : words.substring(0, 1).toUpperCase(Locale.ROOT) + words.substring(1);
    }

    /**
     * A version of the process, as far as pictures need it.
     *
     * @param picture without marks; empty if there is none
     * @param places  by the ids of the elements
     * @param names   by the ids of the elements, if they have one
     */
    private record Drawing(Optional<String> picture, Map<String, Place> places, Map<String, String> names) {

        List<Place> placesOf(Collection<String> elements) {
            return elements.stream()
                    .distinct()
                    .flatMap(id -> Stream.ofNullable(places.get(id)))
                    .toList();
        }
    }

    /** Where an element is drawn, in the units of the diagram. */
    private record Place(String element, double x, double y, double width, double height) {

        double centerX() {
            return x + width / 2;
        }

        double centerY() {
            return y + height / 2;
        }

        /** Events are circles, and have their names close below; what is wider than high is a task. */
        boolean isTask() {
            return width > height;
        }

        double gap() {
            return isTask() ? GAP : GAP / 2;
        }

        /** The radius of the corners of what surrounds it. */
        double roundness() {
            return (isTask() ? 10 : width / 2) + gap();
        }
    }

    private Drawing load(String definition) {
        return engine.asTheApplication(() -> {
            @Nullable
            ProcessDefinition version = repository
                    .createProcessDefinitionQuery()
                    .processDefinitionId(definition)
                    .singleResult();
            if (version == null) {
                return new Drawing(Optional.empty(), Map.of(), Map.of());
            }
            Map<String, Place> places = new HashMap<>();
            Map<String, String> names = new HashMap<>();
            for (FlowElement element :
                    repository.getBpmnModelInstance(definition).getModelElementsByType(FlowElement.class)) {
                if (element.getName() != null && !element.getName().isBlank()) {
                    names.put(
                            element.getId(),
                            element.getName().replaceAll("\\s+", " ").strip());
                }
                if (element instanceof FlowNode node && node.getDiagramElement() instanceof BpmnShape shape) {
                    places.put(node.getId(), place(node, shape.getBounds()));
                }
            }
            return new Drawing(picture(version), places, names);
        });
    }

    private Optional<String> picture(ProcessDefinition version) {
        if (version.getDiagramResourceName() == null) {
            return Optional.empty();
        }
        try (InputStream picture = repository.getProcessDiagram(version.getId())) {
            return Optional.of(new String(picture.readAllBytes(), StandardCharsets.UTF_8))
                    .filter(svg -> FRAME.matcher(svg).find() && svg.contains(END));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Place place(FlowNode element, Bounds bounds) {
        return new Place(element.getId(), bounds.getX(), bounds.getY(), bounds.getWidth(), bounds.getHeight());
    }

    private static String marked(String picture, List<Place> places) {
        int end = picture.lastIndexOf(END);
        return picture.substring(0, end)
                + places.stream().map(RequestPicture::mark).collect(Collectors.joining())
                + picture.substring(end);
    }

    /** A heavy dashed ring, and a pin above it: nobody has to tell colours apart. White around them separates them from what is below. */
    private static String mark(Place place) {
        double gap = place.gap();
        String ring = "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"none\""
                .formatted(
                        place.x() - gap,
                        place.y() - gap,
                        place.width() + 2 * gap,
                        place.height() + 2 * gap,
                        place.roundness());
        return """
                <g data-marked="%s"><g>%s stroke="#fff" stroke-width="%s"/>%s stroke="#c2410c" stroke-width="%s" stroke-dasharray="16 6"/></g>\
                <g transform="translate(%s %s)"><path d="M0 0C-5 -13 -16 -17 -16 -29A16 16 0 0 1 16 -29C16 -17 5 -13 0 0Z" fill="#c2410c" stroke="#fff" stroke-width="3"/>\
                <circle cy="-29" r="6.5" fill="#fff"/></g></g>
                """.formatted(
                        place.element(),
                        ring,
                        place.isTask() ? 13 : 9,
                        ring,
                        place.isTask() ? 7 : 5,
                        place.centerX(),
                        place.y() - gap + 2);
    }

    private static String cut(String picture, Place place) {
        Matcher frame = FRAME.matcher(picture);
        if (!frame.find()) {
            return picture;
        }
        double top = place.y() - GAP - PIN_HEIGHT;
        double bottom = place.y() + place.height() + 2 * GAP;
        double width = Math.max(PART_WIDTH, place.width() + 4 * GAP);
        double height = Math.max(PART_HEIGHT, bottom - top);
        double x = within(place.centerX() - width / 2, width, number(frame, 1), number(frame, 3));
        // The pin belongs to it: at the upper edge of the drawing it may stand out.
        double y = Math.min(within(place.centerY() - height / 2, height, number(frame, 2), number(frame, 4)), top);
        return frame.replaceFirst(
                "width=\"%1$s\" height=\"%2$s\" viewBox=\"%3$s %4$s %1$s %2$s\"".formatted(width, height, x, y));
    }

    /** Where a part begins so that it shows nothing beyond the drawing, unless it is longer than that. */
    private static double within(double wanted, double length, double begin, double whole) {
        return Math.max(begin, Math.min(wanted, begin + whole - length));
    }

    private static double number(Matcher frame, int group) {
        return Double.parseDouble(frame.group(group));
    }
}

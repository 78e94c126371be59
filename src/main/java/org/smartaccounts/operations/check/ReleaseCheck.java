package org.smartaccounts.operations.check;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.camunda.bpm.model.bpmn.instance.FlowNode;
import org.camunda.bpm.model.xml.ModelException;
import org.camunda.bpm.model.xml.instance.ModelElementInstance;
import org.smartaccounts.process.DiagramVocabulary;
import org.springframework.stereotype.Component;

/**
 * Compares diagrams with released ones, on which requests still wait: a change has a new version, no request is left where the new
 * diagram has no place for it, and what an old diagram names is still there.
 */
@Component
public class ReleaseCheck {

    private final DiagramVocabulary vocabulary;

    ReleaseCheck(DiagramVocabulary vocabulary) {
        this.vocabulary = vocabulary;
    }

    /**
     * Whether each changed diagram has a new version tag.
     *
     * @param files    contents by file name
     * @param released diagrams of any process and version
     * @return a sentence for each that has not
     */
    public List<String> notRaised(Map<String, String> files, Collection<ReleasedDiagram> released) {
        Mistakes mistakes = new Mistakes();
        for (Map.Entry<String, String> file : diagrams(files).entrySet()) {
            Optional<Diagram> diagram = read(file.getKey(), file.getValue());
            diagram.ifPresent(present -> checkTag(present, file.getValue(), released, mistakes));
        }
        return mistakes.sentences();
    }

    private static void checkTag(
            Diagram diagram, String content, Collection<ReleasedDiagram> released, Mistakes mistakes) {
        List<ReleasedDiagram> own = released.stream()
                .filter(each -> each.process().equals(diagram.processId()))
                .toList();
        String meant = withoutSpace(content);
        if (own.stream().map(each -> withoutSpace(each.content())).anyMatch(meant::equals)) {
            return;
        }
        Optional<VersionTag> latest = own.stream()
                .flatMap(each -> VersionTag.parse(each.versionTag()).stream())
                .max(Comparator.naturalOrder());
        boolean raised = latest.isEmpty()
                || VersionTag.parse(diagram.versionTag())
                        .filter(tag -> tag.compareTo(latest.get()) > 0)
                        .isPresent();
        if (!raised) {
            mistakes.add(
                    diagram.file(),
                    diagram.processId(),
                    "the diagram has changed since version %s was released; raise its version tag, which is %s, to %s"
                            .formatted(
                                    latest.get(),
                                    diagram.versionTag(),
                                    latest.get().next()));
        }
    }

    /**
     * Whether every request that waits on a released diagram has its place in the new one, as long as the first number of the version is
     * the same, and whether what released diagrams name is still there, whatever their version is.
     *
     * @param files    contents by file name
     * @param released diagrams of any process and version
     * @return a sentence for each that has not
     */
    public List<String> notKept(Map<String, String> files, Collection<ReleasedDiagram> released) {
        return Stream.concat(namesGone(files, released).stream(), placesGone(files, released).stream())
                .toList();
    }

    /** Of {@link #notKept}, what released diagrams name. */
    List<String> namesGone(Map<String, String> files, Collection<ReleasedDiagram> released) {
        Mistakes mistakes = new Mistakes();
        NamedThings named = new NamedThings(vocabulary, files.keySet());
        for (ReleasedDiagram each : released) {
            read("released", each.content()).ifPresent(old -> checkNames(named, old, mistakes));
        }
        return mistakes.sentences();
    }

    /** Of {@link #notKept}, where requests wait. */
    List<String> placesGone(Map<String, String> files, Collection<ReleasedDiagram> released) {
        Mistakes mistakes = new Mistakes();
        Map<String, Diagram> present = new TreeMap<>();
        diagrams(files)
                .forEach((file, content) ->
                        read(file, content).ifPresent(diagram -> present.put(diagram.processId(), diagram)));
        Map<WaitState, Set<String>> waits = new LinkedHashMap<>();
        for (ReleasedDiagram each : released) {
            read("released", each.content())
                    .ifPresent(old -> WaitStates.of(old)
                            .forEach((id, type) -> waits.computeIfAbsent(
                                            new WaitState(old.processId(), major(old), id, type),
                                            wait -> new LinkedHashSet<>())
                                    .add(old.versionTag())));
        }
        waits.forEach((wait, versions) -> Optional.ofNullable(present.get(wait.process()))
                .filter(now -> major(now).equals(wait.major()))
                .ifPresent(now -> checkWait(now, wait, String.join(", ", versions), mistakes)));
        return mistakes.sentences();
    }

    private static void checkNames(NamedThings named, Diagram old, Mistakes mistakes) {
        String version = "%s of version %s".formatted(old.processId(), old.versionTag());
        named.missingIn(
                old,
                (element, missing) -> mistakes.add(
                        version,
                        element,
                        "requests may still come there, but %s is not there any more; ask a developer to bring it back"
                                .formatted(missing)));
    }

    private static Optional<Integer> major(Diagram diagram) {
        return VersionTag.parse(diagram.versionTag()).map(VersionTag::major);
    }

    /** An element of some versions with the same first number, and of which type it is there. */
    private record WaitState(String process, Optional<Integer> major, String id, String type) {}

    private static void checkWait(Diagram now, WaitState wait, String versions, Mistakes mistakes) {
        Optional<String> found = successor(now, wait.id());
        if (found.isEmpty()) {
            mistakes.add(
                    now.file(),
                    wait.id(),
                    "requests of version %s may wait at this %s, but it is gone; bring the id back, write it into the property %s of the element that takes its place, or raise the version tag to %s"
                            .formatted(versions, wait.type(), ExtensionProperties.FORMER_IDS, nextMajor(now)));
        } else if (!found.get().equals(wait.type())) {
            mistakes.add(
                    now.file(),
                    wait.id(),
                    "requests of version %s may wait at this %s, but now it is a %s; change it back, or raise the version tag to %s"
                            .formatted(versions, wait.type(), found.get(), nextMajor(now)));
        }
    }

    /** Leaves out what has the same version as the files themselves: tries of what is not released yet. */
    public List<ReleasedDiagram> withoutTries(Map<String, String> files, Collection<ReleasedDiagram> released) {
        Map<String, String> tags = new TreeMap<>();
        diagrams(files)
                .forEach((file, content) ->
                        read(file, content).ifPresent(diagram -> tags.put(diagram.processId(), diagram.versionTag())));
        return released.stream()
                .filter(each -> !each.versionTag().equals(tags.get(each.process())))
                .toList();
    }

    /** The type of the element that takes the place of an old one. */
    private static Optional<String> successor(Diagram now, String oldId) {
        return now.find(oldId)
                .or(() -> now.all(FlowNode.class).stream()
                        .filter(node -> ExtensionProperties.formerIds(node).contains(oldId))
                        .map(ModelElementInstance.class::cast)
                        .findFirst())
                .map(WaitStates::type);
    }

    private static String nextMajor(Diagram diagram) {
        return VersionTag.parse(diagram.versionTag())
                .map(tag -> tag.nextMajor().toString())
                .orElse("the next first number");
    }

    private static Map<String, String> diagrams(Map<String, String> files) {
        Map<String, String> some = new TreeMap<>(files);
        some.keySet().removeIf(file -> !file.endsWith(".bpmn"));
        return some;
    }

    /** Empty if it is none: {@link ProcessCheck} says so. */
    private static Optional<Diagram> read(String file, String content) {
        try {
            return Optional.of(Diagram.read(file, content));
        } catch (ModelException e) {
            return Optional.empty();
        }
    }

    /** Editors break lines as they like. */
    private static String withoutSpace(String content) {
        return content.replaceAll("\\s+", " ").replace("> <", "><").strip();
    }
}

package org.smartaccounts.process;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The words of a process that an analyst has added: one of ours may call it, with whatever it has. */
record WordsOfAll(String process, List<ProcessVocabulary> all) implements ProcessVocabulary {

    @Override
    public Set<String> variables() {
        return union(ProcessVocabulary::variables);
    }

    @Override
    public Map<String, Set<String>> values() {
        Map<String, Set<String>> values = new HashMap<>();
        all.forEach(words -> values.putAll(words.values()));
        return values;
    }

    @Override
    public Set<String> immediateDelegates() {
        return union(ProcessVocabulary::immediateDelegates);
    }

    @Override
    public Set<String> messages() {
        return union(ProcessVocabulary::messages);
    }

    @Override
    public Set<String> neededMessages() {
        return Set.of();
    }

    @Override
    public Set<String> errors() {
        return union(ProcessVocabulary::errors);
    }

    @Override
    public Set<String> recipients() {
        return union(ProcessVocabulary::recipients);
    }

    private Set<String> union(Function<ProcessVocabulary, Collection<String>> some) {
        return DiagramVocabulary.union(all, some);
    }
}

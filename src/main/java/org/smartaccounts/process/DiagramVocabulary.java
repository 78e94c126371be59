package org.smartaccounts.process;

import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.jspecify.annotations.Nullable;
import org.smartaccounts.access.Groups;
import org.springframework.context.ApplicationContext;
import org.springframework.context.MessageSource;
import org.springframework.core.io.ResourceLoader;
import org.springframework.stereotype.Component;
import org.springframework.util.ClassUtils;

/** What any diagram, form or table may name: the words of each process, and what is there for all of them. */
@Component
public class DiagramVocabulary {

    /** The delegate of the send tasks of every process that says nothing else. */
    public static final String SEND_EMAIL = "sendEmailDelegate";

    /** The inputs of a send task. */
    public static final String EMAIL_TEMPLATE = "emailTemplate";

    public static final String EMAIL_RECIPIENT = "emailRecipient";

    private final List<ProcessVocabulary> processes;
    private final List<TableVocabulary> tables;
    private final ApplicationContext context;
    private final ResourceLoader resources;
    private final MessageSource messages;

    DiagramVocabulary(
            List<ProcessVocabulary> processes,
            List<TableVocabulary> tables,
            ApplicationContext context,
            ResourceLoader resources,
            MessageSource messages) {
        this.processes = processes;
        this.tables = tables;
        this.context = context;
        this.resources = resources;
        this.messages = messages;
    }

    /** The processes that there have to be. */
    public List<ProcessVocabulary> processes() {
        return processes;
    }

    /** The tables that there have to be. */
    public List<TableVocabulary> tables() {
        return tables;
    }

    /** The words of a process; those of all of them if it is one that only analysts know. */
    public ProcessVocabulary of(String process) {
        return processes.stream()
                .filter(known -> known.process().equals(process))
                .findFirst()
                .orElseGet(() -> new WordsOfAll(process, processes));
    }

    /** The lists beside the tables, by their files. */
    public Set<String> lists() {
        return union(tables, TableVocabulary::lists);
    }

    /** To whom any email can go. */
    public Set<String> recipients() {
        return union(processes, ProcessVocabulary::recipients);
    }

    static <T> Set<String> union(Collection<T> all, Function<T, Collection<String>> some) {
        return all.stream().flatMap(each -> some.apply(each).stream()).collect(Collectors.toUnmodifiableSet());
    }

    /** The delegates, as a diagram names them. */
    public Set<String> delegates() {
        return new TreeSet<>(Set.of(context.getBeanNamesForType(JavaDelegate.class)));
    }

    /** Those of them that a diagram with these words may name: the others know nothing of its variables. */
    public Set<String> delegatesOf(ProcessVocabulary words) {
        return delegates().stream()
                .filter(name -> !processes.contains(words)
                        || name.equals(words.sendEmail())
                        || isBeside(words, context.getType(name)))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** The class behind a name that an expression may begin with; empty if there is none of that name. */
    public Optional<Class<?>> bean(String name) {
        return Optional.ofNullable(context.containsBean(name) ? context.getType(name) : null)
                .<Class<?>>map(ClassUtils::getUserClass)
                .filter(type -> processes.stream().anyMatch(process -> isBeside(process, type)));
    }

    /** Whether a class is in the package of a process. */
    private static boolean isBeside(ProcessVocabulary process, @Nullable Class<?> type) {
        return type != null
                && ClassUtils.getUserClass(process)
                        .getPackage()
                        .equals(ClassUtils.getUserClass(type).getPackage());
    }

    /** The groups to which a task can be offered. */
    public Set<String> groups() {
        return Set.of(Groups.LICENSING_SUPPORT, Groups.PARTNERS);
    }

    /** Whether the language files have a text. */
    public boolean hasText(String key) {
        return messages.getMessage(key, null, null, Locale.ENGLISH) != null;
    }

    /** What an email template lacks; empty if it is complete. */
    public List<String> missingPartsOf(String emailTemplate) {
        Stream<String> files = Stream.of(".html", ".txt")
                .map(suffix -> "templates/email/" + emailTemplate + suffix)
                .filter(file -> !resources.getResource("classpath:/" + file).exists());
        String subject = "email.%s.subject".formatted(emailTemplate);
        Stream<String> texts = hasText(subject) ? Stream.empty() : Stream.of("the text " + subject);
        return Stream.concat(files, texts).toList();
    }

    /** What expressions may ask: beans that are no delegates, with public methods. */
    public Set<String> beans() {
        return Stream.of(context.getBeanDefinitionNames())
                .filter(name -> bean(name)
                        .filter(type -> !JavaDelegate.class.isAssignableFrom(type))
                        .filter(type -> !questionsTo(type).isEmpty())
                        .isPresent())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /** What an expression may ask a bean, as it is written: those methods that want to know which request is meant. */
    public Set<String> questionsTo(Class<?> bean) {
        return Modifier.isPublic(bean.getModifiers())
                ? Arrays.stream(bean.getMethods())
                        .filter(method ->
                                Arrays.equals(method.getParameterTypes(), new Class<?>[] {DelegateExecution.class}))
                        .map(method -> method.getName() + "(execution)")
                        .collect(Collectors.toCollection(TreeSet::new))
                : Set.of();
    }
}

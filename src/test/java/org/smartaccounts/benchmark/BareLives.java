package org.smartaccounts.benchmark;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.OptimisticLockingException;
import org.camunda.bpm.engine.RepositoryService;
import org.camunda.bpm.engine.RuntimeService;
import org.camunda.bpm.engine.TaskService;
import org.camunda.bpm.engine.delegate.DelegateExecution;
import org.camunda.bpm.engine.delegate.JavaDelegate;
import org.smartaccounts.measure.EngineLives;
import org.smartaccounts.measure.Milestones;
import org.smartaccounts.measure.Stopwatch;
import org.springframework.beans.factory.config.YamlPropertiesFactoryBean;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.ComponentScan.Filter;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.core.io.ClassPathResource;

/**
 * Lives in the same diagram in which nothing is done: all delegates are empty, nobody is sent an email, nothing is checked, and there are no
 * tables but the engine's. The engine is as its starter configures it, with history {@code full}; or as the application does, which then shows what
 * of the application's own lives is the engine's.
 */
final class BareLives extends EngineLives {

    private static final String PROCESS = "smartAccountRequest";
    private static final String DIAGRAM = "processes/smartAccountRequest.bpmn";
    private static final Pattern DELEGATE = Pattern.compile("delegateExpression=\"\\$\\{(\\w+)}\"");
    /** Without which nothing starts that has the application on its class path; nothing here reads them. */
    private static final List<String> REQUIRED = List.of(
            "DATABASE_URL",
            "DATABASE_USER",
            "DATABASE_PASSWORD",
            "MAIL_HOST",
            "MAIL_FROM",
            "SUPPORT_EMAIL",
            "PUBLIC_URL",
            "ACTIVATION_KEYS",
            "ADMIN_USER",
            "ADMIN_PASSWORD");

    private static final Pattern OF_THE_ENGINE = Pattern.compile("camunda\\.bpm\\.|spring\\.datasource\\.hikari\\.");

    private static final Duration TIME_TO_DECIDE = Duration.ofDays(90);

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    private final String name;
    private final Milestones milestones;
    private final RuntimeService runtime;
    private final TaskService tasks;

    private BareLives(String name, ConfigurableApplicationContext application, Milestones milestones) {
        super(application);
        this.name = name;
        this.milestones = milestones;
        runtime = application.getBean(RuntimeService.class);
        tasks = application.getBean(TaskService.class);
    }

    /**
     * Starts the engine as its starter configures it.
     *
     * @param database its JDBC address
     */
    static BareLives asItComes(String database) {
        return start("bare", database, Map.of(), Bare.class);
    }

    /**
     * Starts the engine as the application configures it.
     *
     * @param database its JDBC address
     */
    static BareLives asOurs(String database) {
        Map<String, Object> settings = new HashMap<>(settingsOfOurs());
        settings.put("camunda.bpm.database.schema-update", "true");
        settings.put("smart-accounts.https", "false");
        return start("engine", database, settings, Bare.class, OurEngine.class);
    }

    private static BareLives start(String name, String database, Map<String, Object> also, Class<?>... parts) {
        Milestones milestones = new Milestones();
        String diagram = text(new ClassPathResource(DIAGRAM));
        SpringApplication application = new SpringApplication(parts);
        application.setWebApplicationType(WebApplicationType.NONE);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("milestones", milestones);
            beans(diagram).forEach(context.getBeanFactory()::registerSingleton);
        });
        Map<String, Object> settings = new HashMap<>(Map.of(
                // Not the application's own settings.
                "spring.config.name", "bare",
                "spring.datasource.url", database,
                "spring.datasource.username", "postgres",
                "spring.datasource.password", "",
                "spring.flyway.enabled", "false",
                "camunda.bpm.auto-deployment-enabled", "false"));
        REQUIRED.forEach(required -> settings.put(required, "http://localhost"));
        settings.putAll(also);
        application.setDefaultProperties(settings);
        ConfigurableApplicationContext context = application.run();
        context.getBean(RepositoryService.class)
                .createDeployment()
                .addString(DIAGRAM, diagram)
                .deploy();
        return new BareLives(name, context, milestones);
    }

    /** What the application says about the engine and its connections. */
    private static Map<String, Object> settingsOfOurs() {
        YamlPropertiesFactoryBean yaml = new YamlPropertiesFactoryBean();
        yaml.setResources(new ClassPathResource("application.yaml"));
        return Objects.requireNonNull(yaml.getObject()).entrySet().stream()
                .filter(setting ->
                        OF_THE_ENGINE.matcher(setting.getKey().toString()).lookingAt())
                .collect(Collectors.toMap(setting -> setting.getKey().toString(), Map.Entry::getValue));
    }

    private static String text(ClassPathResource file) {
        try {
            return file.getContentAsString(StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the diagram asks for, all of which does nothing. */
    private static Map<String, Object> beans(String diagram) {
        JavaDelegate nothing = execution -> {};
        Map<String, Object> beans = DELEGATE.matcher(diagram)
                .results()
                .map(found -> found.group(1))
                .distinct()
                .collect(Collectors.toMap(name -> name, name -> nothing));
        beans.put("timeToDecide", new TimeToDecide());
        beans.put("reminders", new Reminders());
        beans.put("suspensions", new Suspensions());
        beans.put("sentEmails", new SentEmails());
        beans.put("addedUsers", new AddedUsers());
        return beans;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void live(Stopwatch stopwatch) {
        String domain = "customer-%d.example".formatted(CUSTOMERS.incrementAndGet());
        String number = UUID.randomUUID().toString();
        milestones.follow(number);
        stopwatch.time(
                "start",
                () -> runtime.startProcessInstanceByKey(
                        PROCESS,
                        number,
                        Map.of(
                                "accountName",
                                "Customer at " + domain,
                                "customerEmail",
                                "anna@" + domain,
                                "accountDomain",
                                domain,
                                "noteToCustomer",
                                "As agreed on the telephone.",
                                "userEmails",
                                "bruno@%1$s\ncarla@%1$s".formatted(domain),
                                "noteToUsers",
                                "Welcome aboard.",
                                "requester",
                                "paula",
                                "domainApproval",
                                "",
                                "accountCreated",
                                true)));
        stopwatch.time("submit", () -> complete(number, "Activity_reviewRequest", Map.of("reviewDecision", "submit")));
        milestones.awaitCustomersTurn(number);
        stopwatch.time(
                "accept",
                () -> complete(number, "Activity_activateSmartAccount", Map.of("activationOutcome", "accept")));
        milestones.awaitEnd(number);
    }

    private String complete(String number, String kind, Map<String, Object> form) {
        String task = tasks.createTaskQuery()
                .processInstanceBusinessKey(number)
                .taskDefinitionKey(kind)
                .singleResult()
                .getId();
        while (true) {
            try {
                tasks.complete(task, form);
                return task;
            } catch (OptimisticLockingException e) {
                // A job of the same request was in the way; as in the application, once more.
            }
        }
    }

    /** The starter, and nothing else. */
    @SpringBootConfiguration
    @EnableAutoConfiguration
    static class Bare {}

    /** What the application's settings of the engine ask for. */
    @Configuration
    @ComponentScan(
            basePackages = "org.smartaccounts.operations",
            useDefaultFilters = false,
            includeFilters = @Filter(type = FilterType.REGEX, pattern = ".*\\.(EngineConfiguration|IdsByTime)"))
    static class OurEngine {}

    /** Answers as in the life of a request whose customer accepts before the first reminder. */
    public static final class TimeToDecide {

        public boolean hasBegun(DelegateExecution execution) {
            return false;
        }

        public Date end(DelegateExecution execution) {
            return Date.from(Instant.now().plus(TIME_TO_DECIDE));
        }
    }

    /** The first of them is far away. */
    public static final class Reminders {

        public boolean isAnother(DelegateExecution execution) {
            return true;
        }

        public Date due(DelegateExecution execution) {
            return Date.from(Instant.now().plus(TIME_TO_DECIDE.dividedBy(2)));
        }
    }

    /** There are none. */
    public static final class Suspensions {

        public boolean isSuspended(DelegateExecution execution) {
            return false;
        }
    }

    /** None was refused. */
    public static final class SentEmails {

        public boolean usersRefused(DelegateExecution execution) {
            return false;
        }
    }

    /** Two. */
    public static final class AddedUsers {

        public List<String> of(DelegateExecution execution) {
            return List.of("bruno@customer.example", "carla@customer.example");
        }
    }
}

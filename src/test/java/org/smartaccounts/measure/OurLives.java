package org.smartaccounts.measure;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.Group;
import org.camunda.bpm.engine.identity.User;
import org.smartaccounts.SmartAccountsApplication;
import org.smartaccounts.access.Groups;
import org.smartaccounts.account.RequestDetails;
import org.smartaccounts.request.ActivationLink;
import org.smartaccounts.request.NewRequests;
import org.smartaccounts.request.RequestProcess;
import org.smartaccounts.request.Seen;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.context.TypeExcludeFilter;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.core.type.classreading.MetadataReader;
import org.springframework.core.type.classreading.MetadataReaderFactory;
import org.springframework.test.util.TestSocketUtils;

/** Lives in the application as it is in production, with its emails sent. */
public final class OurLives extends EngineLives {

    private static final String REQUESTER = "paula";
    private static final String COMPANY = "alpine-reseller";

    private static final List<String> GROUPS = List.of(Groups.PARTNERS, COMPANY);

    /** A database that is kept knows those of earlier runs. */
    private static final String RUN = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);

    private static final AtomicInteger CUSTOMERS = new AtomicInteger();

    private final Milestones milestones;
    private final IdentityService identity;
    private final NewRequests requests;
    private final RequestProcess process;

    private OurLives(ConfigurableApplicationContext application, Milestones milestones) {
        super(application);
        this.milestones = milestones;
        identity = application.getBean(IdentityService.class);
        requests = application.getBean(NewRequests.class);
        process = application.getBean(RequestProcess.class);
    }

    /**
     * Starts the application, without anything of development and tests.
     *
     * @param database its JDBC address
     * @param mailPort of an SMTP server on this machine
     * @param settings further ones, {@code name=value}
     */
    public static OurLives start(String database, int mailPort, String... settings) {
        Milestones milestones = new Milestones();
        SpringApplication application = new SpringApplication(SmartAccountsApplication.class);
        application.addInitializers(context -> {
            context.getBeanFactory().registerSingleton("milestones", milestones);
            context.getBeanFactory().registerSingleton("withoutTests", new WithoutTests());
        });
        int port = TestSocketUtils.findAvailableTcpPort();
        application.setDefaultProperties(Map.ofEntries(
                // Without what development and tests set.
                Map.entry("spring.config.location", "classpath:/application.yaml"),
                Map.entry("DATABASE_URL", database),
                Map.entry("DATABASE_USER", "postgres"),
                Map.entry("DATABASE_PASSWORD", "none is asked for"),
                Map.entry("MAIL_HOST", "127.0.0.1"),
                Map.entry("MAIL_PORT", mailPort),
                Map.entry("MAIL_FROM", "Smart Accounts <smart-accounts@accounts.example>"),
                Map.entry("SUPPORT_EMAIL", "support@accounts.example"),
                Map.entry("PORT", port),
                Map.entry("PUBLIC_URL", "http://localhost:" + port),
                Map.entry("ACTIVATION_KEYS", "a key that is used nowhere but in measurements"),
                Map.entry("ADMIN_USER", "admin"),
                Map.entry("ADMIN_PASSWORD", "Measured-2026")));
        ConfigurableApplicationContext context = application.run(settings);
        createRequester(context.getBean(IdentityService.class));
        return new OurLives(context, milestones);
    }

    private static void createRequester(IdentityService identity) {
        if (identity.createUserQuery().userId(REQUESTER).count() > 0) {
            return;
        }
        Group company = identity.newGroup(COMPANY);
        company.setName("Alpine Reseller");
        company.setType(Groups.PARTNER_COMPANY_TYPE);
        identity.saveGroup(company);
        User user = identity.newUser(REQUESTER);
        user.setFirstName("Paula");
        user.setLastName("Romano");
        user.setEmail("paula@alpine-reseller.example");
        user.setPassword("Measured-2026");
        identity.saveUser(user);
        GROUPS.forEach(group -> identity.createMembership(REQUESTER, group));
    }

    @Override
    public String name() {
        return "ours";
    }

    @Override
    public void live(Stopwatch stopwatch) {
        String domain = "customer-%s-%d.example".formatted(RUN, CUSTOMERS.incrementAndGet());
        RequestDetails details = RequestDetails.typed(
                "Customer at " + domain,
                "anna@" + domain,
                domain,
                "As agreed on the telephone.",
                "bruno@%1$s\ncarla@%1$s".formatted(domain),
                "Welcome aboard.",
                "en",
                "");
        // As who is logged in; the customer is not.
        identity.setAuthentication(REQUESTER, GROUPS);
        String requestNumber = stopwatch.time("start", () -> requests.ask(details));
        milestones.follow(requestNumber);
        stopwatch.time("submit", () -> {
            requests.submit(Seen.anyhow(requestNumber));
            return requestNumber;
        });
        identity.clearAuthentication();
        milestones.awaitCustomersTurn(requestNumber);
        RequestProcess.Answer answer =
                stopwatch.time("accept", () -> process.accept(new ActivationLink(requestNumber, 1)));
        if (answer != RequestProcess.Answer.RECORDED) {
            throw new IllegalStateException("%s: %s".formatted(requestNumber, answer));
        }
        milestones.awaitEnd(requestNumber);
    }

    /** Everything that lies among the tests. */
    private static final class WithoutTests extends TypeExcludeFilter {

        @Override
        public boolean match(MetadataReader type, MetadataReaderFactory factory) {
            return type.getResource().toString().contains("test-classes");
        }

        @Override
        public boolean equals(Object other) {
            return other instanceof WithoutTests;
        }

        @Override
        public int hashCode() {
            return WithoutTests.class.hashCode();
        }
    }
}

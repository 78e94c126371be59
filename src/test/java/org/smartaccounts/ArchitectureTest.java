package org.smartaccounts;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The design of the house: who may know whom. */
@AnalyzeClasses(packages = "org.smartaccounts", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

    @ArchTest
    static final ArchRule dependenciesPointDown = layeredArchitecture()
            .consideringOnlyDependenciesInLayers()
            .layer("web")
            .definedBy("org.smartaccounts.web..")
            .layer("operations")
            .definedBy("..operations..")
            .layer("overview")
            .definedBy("org.smartaccounts.overview..")
            .layer("upload")
            .definedBy("org.smartaccounts.upload..")
            .layer("privacy")
            .definedBy("org.smartaccounts.privacy..")
            .layer("bounce")
            .definedBy("org.smartaccounts.bounce..")
            .layer("support")
            .definedBy("org.smartaccounts.support..")
            .layer("link")
            .definedBy("org.smartaccounts.link..")
            .layer("request")
            .definedBy("org.smartaccounts.request..")
            .layer("security")
            .definedBy("org.smartaccounts.security..")
            .layer("process")
            .definedBy("org.smartaccounts.process..")
            .layer("access")
            .definedBy("..access..")
            .layer("account")
            .definedBy("..account..")
            .layer("email")
            .definedBy("..email..")
            .layer("language")
            .definedBy("..language..")
            .whereLayer("web")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("operations")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("overview")
            .mayOnlyBeAccessedByLayers("web", "operations")
            .whereLayer("upload")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("security")
            .mayOnlyBeAccessedByLayers("web", "operations")
            .whereLayer("support")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("link")
            .mayOnlyBeAccessedByLayers("web", "support", "email")
            .whereLayer("request")
            .mayOnlyBeAccessedByLayers("web", "operations", "overview", "upload", "bounce", "privacy", "security")
            .whereLayer("privacy")
            .mayOnlyBeAccessedByLayers("web")
            .whereLayer("bounce")
            .mayNotBeAccessedByAnyLayer()
            .whereLayer("process")
            .mayOnlyBeAccessedByLayers("web", "operations", "upload", "support", "request", "security")
            .whereLayer("access")
            .mayOnlyBeAccessedByLayers(
                    "web", "operations", "overview", "upload", "privacy", "support", "security", "request", "process")
            .whereLayer("account")
            .mayOnlyBeAccessedByLayers(
                    "web", "operations", "overview", "upload", "privacy", "support", "security", "request", "process")
            .whereLayer("email")
            .mayOnlyBeAccessedByLayers("web", "operations", "overview", "support", "request", "security");

    @ArchTest
    static final ArchRule noCycles =
            slices().matching("org.smartaccounts.(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule theDomainKnowsNoEngineNoWebNoMail = noClasses()
            .that()
            .resideInAPackage("..account..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "org.camunda..",
                    "org.springframework.web..",
                    "org.springframework.mail..",
                    "jakarta.servlet..",
                    "jakarta.mail..");

    @ArchTest
    static final ArchRule theEngineIsKnownInFewPackages = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "org.smartaccounts.process..",
                    "org.smartaccounts.request..",
                    "org.smartaccounts.security..",
                    "org.smartaccounts.support..",
                    "..access..",
                    "..operations..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.camunda..");

    @ArchTest
    static final ArchRule belowTheEnginesInterfaceOnlyWhereThereIsNoOtherWay = noClasses()
            .that()
            .haveSimpleNameNotContaining("LeanHistoryLevel")
            .and()
            .haveSimpleNameNotContaining("EngineConfiguration")
            .and()
            .haveSimpleNameNotContaining("JobExecutorEnd")
            .and()
            .haveSimpleNameNotContaining("IdsByTime")
            .and()
            .haveNameNotMatching(".*\\.(Request)?EngineHooks(\\$.*)?")
            .and()
            .haveNameNotMatching(".*\\.(OwnRequestAuthorizations|WorkOfCandidates|EveryGroup)(\\$.*)?")
            .and()
            .haveNameNotMatching(".*\\.RefusedJobs(\\$.*)?")
            .and()
            .haveNameNotMatching(".*\\.Administrators(\\$.*)?")
            .should()
            .dependOnClassesThat(resideInAPackage("org.camunda.bpm.engine.impl..")
                    // What a logged-in user is, has no other name.
                    .and(not(simpleName("Authentication"))));

    @ArchTest
    static final ArchRule onlyTheProcessAndOperationsCallTheEnginesRuntime = noClasses()
            .that()
            .resideOutsideOfPackages(
                    "..request..", "org.smartaccounts.security..", "org.smartaccounts.support..", "..operations..")
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("org.camunda.bpm.engine.RuntimeService");

    @ArchTest
    static final ArchRule namesSaySomething = noClasses()
            .should()
            .haveSimpleNameEndingWith("Impl")
            .orShould()
            .haveSimpleNameEndingWith("Helper")
            .orShould()
            .haveSimpleNameEndingWith("Util")
            .orShould()
            .haveSimpleNameEndingWith("Utils")
            .orShould()
            .haveSimpleNameEndingWith("Manager");

    @ArchTest
    static final ArchRule delegatesAreWhatTheDiagramNames = classes()
            .that()
            .implement("org.camunda.bpm.engine.delegate.JavaDelegate")
            .should()
            .haveSimpleNameEndingWith("Delegate")
            .andShould()
            .resideInAnyPackage(
                    "org.smartaccounts.request..", "org.smartaccounts.security..", "org.smartaccounts.support..");
}

package io.regulars.campaign;

import jakarta.ws.rs.POST;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import io.regulars.kit.idempotency.Idempotent;
import org.junit.jupiter.api.Test;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

class ArchitectureTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.regulars.campaign");

    @Test
    void featuresFormNoCycle() {
        slices().matching("io.regulars.campaign.(*)..")
                .should()
                .beFreeOfCycles()
                .check(CLASSES);
    }

    @Test
    void nothingIsSharedWithOtherServices() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "io.regulars.customer..",
                        "io.regulars.scoring..",
                        "io.regulars.local..",
                        "io.regulars.embedded..")
                .check(CLASSES);
    }

    /// Save those that count and show only.
    @Test
    void everyPostIsDoneOnce() {
        methods()
                .that()
                .areAnnotatedWith(POST.class)
                .and()
                .areDeclaredInClassesThat()
                .haveNameNotMatching(".*\\.(Audience|Experiment|StepPreview|TemplatePreview|Reach)Resource")
                .should()
                .beAnnotatedWith(Idempotent.class)
                .orShould()
                .beDeclaredInClassesThat()
                .areAnnotatedWith(Idempotent.class)
                .check(CLASSES);
    }

    @Test
    void templatesSeeNoContainer() {
        noClasses()
                .that()
                .resideInAPackage("io.regulars.campaign.template..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("jakarta.enterprise..", "jakarta.inject..", "io.quarkus.arc..")
                .check(CLASSES);
    }
}

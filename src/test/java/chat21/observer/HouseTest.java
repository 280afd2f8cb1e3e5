package chat21.observer;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Collectors;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** The floors of the house, and which of them may know of which. */
class HouseTest {

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests()).importPackages("chat21.observer");

    @Test
    void noPackageDependsOnOneThatDependsOnIt() {
        slices().matching("chat21.observer.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void eachFloorKnowsOnlyThoseBelow() {
        layeredArchitecture().consideringOnlyDependenciesInAnyPackage("chat21.observer..")
                .layer("ground").definedBy("..observer.protocol..", "..observer.settings..", "..observer.tls..",
                        "..observer.upkeep..", "..observer.internals..")
                .layer("database").definedBy("..observer.database..")
                .layer("http").definedBy("..observer.http..")
                .layer("message").definedBy("..observer.message..")
                .layer("engine").definedBy("..observer.engine..")
                .layer("out").definedBy("..observer.out..")
                .layer("flow").definedBy("..observer.flow..")
                .layer("api").definedBy("..observer.api..")
                .layer("ops").definedBy("..observer.ops..")
                .layer("start").definedBy("chat21.observer")
                .layer("tools").definedBy("..observer.tools..")
                .whereLayer("tools").mayNotBeAccessedByAnyLayer()
                .whereLayer("start").mayOnlyBeAccessedByLayers("tools")
                .whereLayer("ops").mayOnlyBeAccessedByLayers("start", "tools")
                .whereLayer("api").mayOnlyBeAccessedByLayers("start", "tools")
                .whereLayer("flow").mayOnlyBeAccessedByLayers("api", "ops", "start", "tools")
                .whereLayer("out").mayOnlyBeAccessedByLayers("flow", "api", "ops", "start", "tools")
                .whereLayer("engine").mayOnlyBeAccessedByLayers("out", "flow", "api", "ops", "start", "tools")
                .whereLayer("message").mayOnlyBeAccessedByLayers("engine", "out", "flow", "api", "ops", "start", "tools")
                .ensureAllClassesAreContainedInArchitecture()
                .check(CLASSES);
    }

    // What they may change from one version to the next. DefaultCamelContext and AbstractHealthCheck are for all.
    @Test
    void whatOtherLibrariesDoInsideIsKnownInOnePackage() {
        noClasses().that().resideOutsideOfPackage("..observer.internals..").should().dependOnClassesThat(
                resideInAnyPackage("org.h2.engine..", "org.h2.jdbc..", "org.h2.mvstore..",
                        "com.rabbitmq.client.impl..", "com.rabbitmq.client.observation..",
                        "org.springframework.amqp.rabbit.listener..", "io.netty..", "io.vertx..impl..",
                        "org.apache.camel.impl.engine..", "org.apache.camel.processor..", "sun.."))
                .check(CLASSES);
    }

    @Test
    void noTwoClassesHaveOneName() {
        assertThat(CLASSES.stream().filter(c -> c.isTopLevelClass() && !c.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(JavaClass::getSimpleName, Collectors.counting())))
                .allSatisfy((name, count) -> assertThat(count).as(name).isEqualTo(1L));
    }
}

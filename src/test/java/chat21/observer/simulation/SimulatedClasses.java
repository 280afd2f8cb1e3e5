package chat21.observer.simulation;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/** Loads the application's classes once more, with each call that {@link Instead} has a method for replaced by that. */
final class SimulatedClasses extends ClassLoader {

    private static final String OURS = "chat21.observer.";

    // By owner, name and parameters of the method that is called, the receiver being the first of them.
    private final Map<String, Method> instead = new HashMap<>();

    SimulatedClasses() {
        super(SimulatedClasses.class.getClassLoader());
        for (Method method : Instead.class.getDeclaredMethods()) {
            if (method.isAnnotationPresent(Instead.Of.class)) {
                instead.put(Type.getInternalName(method.getAnnotation(Instead.Of.class).value()) + '.' + method.getName()
                        + parameters(Type.getMethodDescriptor(method)), method);
            }
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            return known != null ? known : name.startsWith(OURS) ? findClass(name) : super.loadClass(name, resolve);
        }
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
        try (InputStream in = getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            byte[] bytes = name.startsWith(OURS + "simulation.") ? in.readAllBytes() : replaced(in.readAllBytes());
            return defineClass(name, bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new ClassNotFoundException(name, e);
        }
    }

    private byte[] replaced(byte[] original) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(reader, ClassWriter.COMPUTE_MAXS);
        reader.accept(new ClassVisitor(Opcodes.ASM9, writer) {
            @Override
            public MethodVisitor visitMethod(int access, String name, String descriptor, String signature, String[] thrown) {
                return new Replacing(super.visitMethod(access, name, descriptor, signature, thrown));
            }
        }, 0);
        return writer.toByteArray();
    }

    /** Replaces the calls of a method, and has each of its {@code catch} let {@link Killed} pass. */
    private final class Replacing extends MethodVisitor {

        private final Set<Label> catches = new HashSet<>();
        private boolean isCaught;

        Replacing(MethodVisitor next) {
            super(Opcodes.ASM9, next);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String called, String of, boolean isInterface) {
            String receiver = opcode == Opcodes.INVOKESTATIC ? "" : 'L' + owner + ';';
            Method other = opcode == Opcodes.INVOKESPECIAL ? null
                    : instead.get(owner + '.' + called + '(' + receiver + parameters(of).substring(1));
            if (other == null) {
                super.visitMethodInsn(opcode, owner, called, of, isInterface);
            } else {
                call(called, Type.getMethodDescriptor(other));
            }
        }

        @Override
        public void visitTryCatchBlock(Label start, Label end, Label handler, String type) {
            super.visitTryCatchBlock(start, end, handler, type);
            if (type != null) {
                catches.add(handler);
            }
        }

        @Override
        public void visitLabel(Label label) {
            super.visitLabel(label);
            isCaught |= catches.contains(label);
        }

        // What is caught is put into a variable first.
        @Override
        public void visitVarInsn(int opcode, int variable) {
            if (isCaught) {
                isCaught = false;
                super.visitInsn(Opcodes.DUP);
                call("letPass", "(Ljava/lang/Throwable;)V");
            }
            super.visitVarInsn(opcode, variable);
        }

        private void call(String name, String descriptor) {
            super.visitMethodInsn(Opcodes.INVOKESTATIC, Type.getInternalName(Instead.class), name, descriptor, false);
        }
    }

    private static String parameters(String descriptor) {
        return descriptor.substring(0, descriptor.indexOf(')') + 1);
    }
}

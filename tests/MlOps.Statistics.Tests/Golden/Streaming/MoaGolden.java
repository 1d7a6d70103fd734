import java.util.ArrayList;
import java.util.List;
import moa.classifiers.core.driftdetection.*;

/**
 * Writes moa.json, where MOA's detectors change their answer: java -cp moa.jar MoaGolden.java > moa.json
 *
 * Needs MOA 2024.07 or later. The streams and rows are those of make_river_golden.py.
 */
public class MoaGolden {
    static final int COUNT = 6000;
    static final int LENGTH = 700;
    static long state;
    static List<String> rows = new ArrayList<>();

    static double uniform() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return ((z ^ (z >>> 31)) >>> 11) / 9007199254740992.0;
    }

    static double[] stream(boolean errors, int seed, int length, int count) {
        double[] rates = {0.1, 0.4, 0.2};
        double[] means = {0, 1.5, -1};
        state = seed;
        double[] values = new double[count];
        for (int i = 0; i < count; i++) {
            values[i] = errors ? (uniform() < rates[i / length % 3] ? 1 : 0) : means[i / length % 3] + 3.5 * (uniform() - 0.5);
        }
        return values;
    }

    static void row(String name, AbstractChangeDetector detector, boolean errors, int seed, int length, int count) {
        StringBuilder changes = new StringBuilder();
        char last = 'n';
        double[] values = stream(errors, seed, length, count);
        for (int i = 0; i < values.length; i++) {
            detector.input(values[i]);
            char now = detector.getChange() ? 'd' : detector.getWarningZone() ? 'w' : 'n';
            if (now != last) {
                changes.append(changes.length() == 0 ? "" : " ").append(i).append(now);
                last = now;
            }
        }
        rows.add(String.format("{\"detector\": \"%s\", \"seed\": %d, \"length\": %d, \"count\": %d, \"changes\": \"%s\"}",
            name, seed, length, count, changes));
    }

    public static void main(String[] args) {
        for (int seed = 1; seed <= 3; seed++) {
            row("Rddm", new RDDM(), true, seed, LENGTH, COUNT);
            row("HddmW", new HDDM_W_Test(), true, seed, LENGTH, COUNT);

            // These three begin their count at one, so that 31 of theirs are the 30 values that others wait for.
            EWMAChartDM chart = new EWMAChartDM();
            chart.minNumInstancesOption.setValue(31);
            row("Ecdd", chart, true, seed, LENGTH, COUNT);
            CusumDM sum = new CusumDM();
            sum.minNumInstancesOption.setValue(31);
            row("Cusum", sum, false, seed, LENGTH, COUNT);
            GeometricMovingAverageDM average = new GeometricMovingAverageDM();
            average.minNumInstancesOption.setValue(31);
            average.lambdaOption.setValue(0.3);
            row("Ewma", average, false, seed, LENGTH, COUNT);
        }
        // A concept that is cut for its length, and a change after it.
        row("Rddm", new RDDM(), true, 4, 50_000, 56_000);
        System.out.println("[\n" + String.join(",\n", rows) + "\n]");
    }
}

namespace MlOps.Statistics.Tests;

public sealed class ReadmeExampleTests
{
    [Fact]
    public void The_example_of_the_readme_runs()
    {
        double[] trainingAge = new Draws(31).Normals(5000, 40, 10), todaysAge = new Draws(32).Normals(1000, 52, 10);
        string?[] trainingPlan = [.. Enumerable.Range(0, 5000).Select(i => i % 3 == 0 ? "pro" : "free")];
        string?[] todaysPlan = trainingPlan[..1000];

        // README
        var baseline = new FittedBaseline(
        [
            new("age", FittedReference.FitNumeric(trainingAge)),
            new("plan", FittedReference.FitCategorical(trainingPlan)),
        ]);
        byte[] stored = baseline.ToArray();

        var today = FittedBaseline.Read(stored).StartSample();
        today["age"].Add(todaysAge);
        foreach (var plan in todaysPlan)
        {
            today["plan"].Add(plan);
        }

        DriftReport report = today.Compare();
        Console.WriteLine(report);

        // end
        Assert.Equal("age", Assert.Single(report.DriftedColumns).Column);
    }
}

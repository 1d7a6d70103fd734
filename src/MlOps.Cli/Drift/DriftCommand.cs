using System.CommandLine;
using MlOps.Data;
using MlOps.Statistics;

namespace MlOps.Cli.Drift;

/// <summary><c>mlops drift REFERENCE CURRENT</c>.</summary>
internal static class DriftCommand
{
    public static Command Create()
    {
        var reference = new Argument<string>("reference") { Description = "What was: a file, or a data version such as flights@1." };
        var current = new Argument<string>("current") { Description = "What is: a file, or a data version." };
        var alpha = new Option<double>("--alpha")
        {
            Description = "The share of false alarms among columns that did not change.",
            DefaultValueFactory = _ => 0.05,
        };
        var effect = new Option<double>("--effect")
        {
            Description = "The smallest difference that counts, from 0 to 1.",
            DefaultValueFactory = _ => new DriftOptions().MinimumEffect,
        };
        var command = new Command("drift", "Says which columns changed between two data sets. Exit code 1 when one did.")
        {
            reference, current, alpha, effect,
        };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var before = await parsed.OpenDatasetAsync(parsed.GetValue(reference)!, cancellationToken).ConfigureAwait(false);
            await using (before.ConfigureAwait(false))
            {
                var after = await parsed.OpenDatasetAsync(parsed.GetValue(current)!, cancellationToken).ConfigureAwait(false);
                await using (after.ConfigureAwait(false))
                {
                    var options = new DriftOptions { Alpha = parsed.GetValue(alpha), MinimumEffect = parsed.GetValue(effect) };
                    var report = await after.Dataset.DriftFromAsync(before.Dataset, options, cancellationToken).ConfigureAwait(false);
                    parsed.Output().Write(
                        new { report.HasDrift, report.Columns },
                        output =>
                        {
                            output.Table(
                                report.Columns,
                                "No column can be compared.",
                                ("Column", column => column.Column),
                                ("Drift", column => column.HasDrift ? "DRIFT" : "no"),
                                ("Test", column => column.TestName),
                                ("Effect", column => Display.Number(column.Effect)),
                                ("Adjusted p", column => Display.Number(column.AdjustedPValue)),
                                ("Why", column => column.Reason));
                            output.Line(report.HasDrift
                                ? $"{report.DriftedColumns.Count} of {report.Columns.Count} columns drifted."
                                : "No drift.");
                        });
                    return report.HasDrift ? ExitCodes.Failed : ExitCodes.Success;
                }
            }
        });
        return command;
    }
}

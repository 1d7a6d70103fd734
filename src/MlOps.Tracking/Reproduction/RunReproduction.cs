using System.Diagnostics;
using System.Text;

namespace MlOps.Tracking;

/// <summary>A run, the run that reproduced it, and how the two compare.</summary>
[DebuggerDisplay("{Verdict}, {Differences.Count} differences")]
public sealed record RunReproduction
{
    /// <summary>The run that was reproduced.</summary>
    public required RunDetails Original { get; init; }

    /// <summary>The run that reproduced it.</summary>
    public required RunDetails Reproduced { get; init; }

    /// <summary>How their results compare.</summary>
    public required ReproductionVerdict Verdict { get; init; }

    /// <summary>The results that differ, of the two runs and of the runs nested in them.</summary>
    public required IReadOnlyList<RunDifference> Differences { get; init; }

    /// <summary>What differs around them and may be the cause: code, configuration, environment and packages.</summary>
    public required IReadOnlyList<RunDifference> Circumstances { get; init; }

    /// <summary>What could not be restored or verified.</summary>
    public required IReadOnlyList<string> Notes { get; init; }

    /// <summary>The program's exit code.</summary>
    public required int ExitCode { get; init; }

    /// <summary>The end of what the build and the program printed.</summary>
    public required string Output { get; init; }

    /// <summary>The folder with what was kept; null when all was removed.</summary>
    public string? Folder { get; init; }

    /// <summary>The verdict and tables of the differences.</summary>
    public override string ToString()
    {
        var verdict = Verdict switch
        {
            ReproductionVerdict.BitEqual => "BIT-EQUAL",
            ReproductionVerdict.EqualWithinTolerance => "EQUAL WITHIN TOLERANCE",
            _ => "DIFFERENT",
        };
        var text = new StringBuilder(
            $"{verdict}: run {Original.Info.Id.Short} of {Original.Info.Experiment}, reproduced as {Reproduced.Info.Id.Short}\n");
        IReadOnlyList<string> runs = [$"original ({Original.Info.Id.Short})", $"reproduced ({Reproduced.Info.Id.Short})"];
        if (Differences.Count > 0)
        {
            text.Append("\nResults that differ\n").Append(DifferenceTable.Render(runs, Differences));
        }

        if (Circumstances.Count > 0)
        {
            text.Append("\nWhat else is not the same\n").Append(DifferenceTable.Render(runs, Circumstances));
        }

        foreach (var note in Notes)
        {
            text.Append("\nNote: ").Append(note);
        }

        return text.ToString().TrimEnd() + "\n";
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace MlOps.Data.Checks.Reporting;

/// <summary>Writes a report of checks as JSON.</summary>
internal static class CheckReportJson
{
    private static readonly CheckReportJsonContext Json = new(JsonFile.Options(JsonNumberHandling.AllowNamedFloatingPointLiterals));

    public static string Write(CheckReport report) => JsonSerializer.Serialize(
        new CheckReportDocument
        {
            Suite = report.Suite,
            Dataset = report.Dataset.Name,
            Passed = report.Passed,
            RowCount = report.RowCount,
            StartedAt = report.StartedAt,
            DurationSeconds = report.Duration.TotalSeconds,
            Checks =
            [
                .. report.Results.Select(result => new CheckResultDocument
                {
                    Column = result.Column,
                    Name = result.Name,
                    Severity = result.Severity.ToString().ToLowerInvariant(),
                    Passed = result.Passed,
                    Evaluated = result.Evaluated,
                    Failed = result.Failed,
                    FailedShare = result.FailedShare,
                    Mostly = result.Mostly,
                    Observed = result.Observed,
                    Expected = result.Expected,
                    Value = result.Value,
                    Examples = result.Examples,
                    Segments = result.Segments.Count > 0 ? result.Segments : null,
                }),
            ],
        },
        Json.CheckReportDocument);
}

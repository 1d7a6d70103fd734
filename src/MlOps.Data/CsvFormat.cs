using System.Text;
using MlOps.Data.Sources.Csv;

namespace MlOps.Data;

/// <summary>How a CSV file is written and what its columns are: what was found out from its beginning, and what the options said.</summary>
public sealed record CsvFormat
{
    internal CsvFormat()
    {
    }

    /// <summary>What stands between cells.</summary>
    public required char Delimiter { get; init; }

    /// <summary>What stands around cells that hold delimiters or line ends.</summary>
    public required char Quote { get; init; }

    /// <summary>Whether the first line names the columns.</summary>
    public required bool HasHeader { get; init; }

    /// <summary>What stands before the decimals.</summary>
    public required char DecimalSeparator { get; init; }

    /// <summary>The file's encoding.</summary>
    public required Encoding Encoding { get; init; }

    /// <summary>The columns in the file's order.</summary>
    public required IReadOnlyList<CsvFormatColumn> Columns { get; init; }

    /// <summary>Why the dialect was decided so, a sentence each.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>Looks at the file's beginning and says how it would be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="options">What is known already; overrides what would be found out.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.FileNotFound"/>, or <see cref="ErrorCodes.FileCorrupt"/>: the rows looked at cannot be read.</exception>
    public static Task<CsvFormat> DetectAsync(string path, CsvOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        return new CsvSource(path, SourceFile.Opener(path), options ?? new CsvOptions()).GetFormatAsync(cancellationToken);
    }

    /// <summary>What was decided, for people: the dialect, then a line a column.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        foreach (var reason in Reasons)
        {
            text.AppendLine(reason);
        }

        var widest = Columns.Select(column => column.Name.Length).DefaultIfEmpty(0).Max();
        foreach (var column in Columns)
        {
            text.Append("  ").Append(column.Name.PadRight(widest)).Append("  ").Append(column.Type.ToString().PadRight(7)).Append("  ").AppendLine(column.Reason);
        }

        return text.ToString();
    }
}

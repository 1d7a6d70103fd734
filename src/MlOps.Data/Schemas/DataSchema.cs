using System.Diagnostics;
using System.Globalization;
using MlOps.Data.Schemas;
using MlOps.Reports;

namespace MlOps.Data;

/// <summary>What is expected of a data set, as a file that people review and change. Immutable.</summary>
/// <remarks>Columns that the schema does not name are allowed.</remarks>
[DebuggerDisplay("{Name}: {Columns.Count} columns")]
public sealed record DataSchema
{
    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>The columns that must be there, in any order.</summary>
    public required IReadOnlyList<DataSchemaColumn> Columns { get; init; }

    /// <summary>Proposes a schema that the profiled data pass, with room around what was seen: review it before use.</summary>
    /// <param name="profile">What the data look like.</param>
    /// <param name="name">What to call it; null for the data set's name.</param>
    /// <remarks>
    /// Numbers may leave the range seen by a quarter of its width, without changing sign; texts are limited to those seen when there are
    /// 2 to 50 that repeat 10 times on average, and else to half the shortest and twice the longest length; half again as many values and
    /// a hundredth of the rows more may be missing where some were. Times and uniqueness are not limited.
    /// </remarks>
    public static DataSchema Infer(DataProfile profile, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return new DataSchema { Name = name ?? profile.Name, Columns = [.. profile.Columns.Select(SchemaInference.Of)] };
    }

    /// <summary>Reads a schema file.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.FileNotFound"/>, or <see cref="ErrorCodes.InvalidConfiguration"/> with the place for what is not a schema, an
    /// unknown type, limits that contradict each other, or a file of a newer release.
    /// </exception>
    public static async Task<DataSchema> LoadAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var stream = SourceFile.Open(path);
        await using (stream.ConfigureAwait(false))
        {
            using var bytes = new MemoryStream();
            await stream.CopyToAsync(bytes, cancellationToken).ConfigureAwait(false);
            return SchemaFile.Read(bytes.ToArray().AsMemory(), Path.GetFullPath(path));
        }
    }

    /// <summary>Writes the schema as JSON, whole or not at all; a file that is there is replaced.</summary>
    public async Task SaveAsync(string path, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(path);
        var full = Path.GetFullPath(path);
        Directory.CreateDirectory(Path.GetDirectoryName(full)!);
        var temporary = $"{full}.{Guid.NewGuid():N}.tmp";
        try
        {
            await File.WriteAllBytesAsync(temporary, SchemaFile.Write(this), cancellationToken).ConfigureAwait(false);
            File.Move(temporary, full, overwrite: true);
        }
        finally
        {
            File.Delete(temporary);
        }
    }

    /// <summary>The checks that data of this schema pass.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: limits contradict each other.</exception>
    public DataChecks ToChecks()
    {
        SchemaFile.Validate(this, $"The schema '{Name}'");
        return DataChecks.Define(Name, checks =>
        {
            foreach (var column in Columns)
            {
                checks.Column(column.Name, rules => Add(column, rules));
            }
        });
    }

    /// <summary>A table of the columns as plain text.</summary>
    public string ToText() => new Report($"Schema {Name}").Section("Columns", section => section.Table(ReportTable.Of(
        Columns,
        ("Column", column => new ReportCell(column.Name)),
        ("Type", column => new ReportCell(column.Type.ToString())),
        ("Missing", column => new ReportCell(column.MissingShare == 0 ? "none" : "up to " + column.MissingShare.ToString("0.##%", CultureInfo.InvariantCulture))),
        ("Values", column => new ReportCell(Values(column)))))).ToText();

    /// <inheritdoc/>
    public override string ToString() => ToText();

    private static void Add(DataSchemaColumn column, ColumnChecks rules)
    {
        rules.OfType(column.Type);
        if (column.MissingShare == 0)
        {
            rules.NotNull();
        }
        else if (column.MissingShare < 1)
        {
            rules.NotNull().Mostly(1 - column.MissingShare);
        }

        if (column.Minimum is not null || column.Maximum is not null)
        {
            rules.InRange(column.Minimum ?? double.NegativeInfinity, column.Maximum ?? double.PositiveInfinity);
        }

        if (column.Values is { } values)
        {
            rules.In(values);
        }

        if (column.MinLength is { } shortest)
        {
            rules.MinLength(shortest);
        }

        if (column.MaxLength is { } longest)
        {
            rules.MaxLength(longest);
        }
    }

    private static string Values(DataSchemaColumn column)
    {
        List<string> parts = [];
        if (column.Minimum is not null || column.Maximum is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"{column.Minimum ?? double.NegativeInfinity} to {column.Maximum ?? double.PositiveInfinity}"));
        }

        if (column.Values is { } values)
        {
            parts.Add(string.Join(", ", values.Take(6)) + (values.Count > 6 ? string.Create(CultureInfo.InvariantCulture, $", … ({values.Count})") : ""));
        }

        if (column.MinLength is not null || column.MaxLength is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture, $"length {column.MinLength ?? 0} to {column.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? "∞"}"));
        }

        return string.Join("; ", parts);
    }
}

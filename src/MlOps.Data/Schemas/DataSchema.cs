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

    /// <summary>
    /// The names of the columns classified as <see cref="DataClassification.Personal"/>, for
    /// <see cref="DataProfileOptions.PersonalColumns"/>.
    /// </summary>
    public IReadOnlyList<string> PersonalColumns =>
        [.. Columns.Where(column => column.Classification == DataClassification.Personal).Select(column => column.Name)];

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

    /// <summary>
    /// Proposes constraints, each fitted on parts of the data and tried on the others, with the rate at which it may fail on data that are
    /// right.
    /// </summary>
    /// <param name="dataset">Read twice: once to fit and try, once to make sure that the whole data pass.</param>
    /// <param name="options">How many parts, and what is proposed; null for the defaults.</param>
    /// <param name="cancellationToken">Stops between batches.</param>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.DataEmpty"/>, or the data could not be read.</exception>
    public static Task<SchemaSuggestions> SuggestAsync(
        Dataset dataset, SchemaSuggestionOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(dataset);
        return SuggestionRun.RunAsync(dataset, options ?? new SchemaSuggestionOptions(), cancellationToken);
    }

    /// <summary>How a newer schema differs from an older one, and whether data that passed before may fail now.</summary>
    public static SchemaDiff Diff(DataSchema older, DataSchema newer)
    {
        ArgumentNullException.ThrowIfNull(older);
        ArgumentNullException.ThrowIfNull(newer);
        return SchemaDiff.Between(older, newer);
    }

    /// <summary>The same schema, relaxed as far as the profiled data need it; what they do not touch stays as it was reviewed.</summary>
    /// <remarks>
    /// Ranges, lengths, allowed values, times and shares of missing values are widened to what was seen, without further room. A pattern or
    /// an order of columns cannot be judged from a profile and stays; uniqueness is given up when the profile shows clearly fewer different
    /// values than rows. A column that the data lack is no longer required, one of another kind takes that kind; new columns are not added.
    /// Ask <see cref="Diff"/> for what was changed.
    /// </remarks>
    /// <param name="profile">What the data look like now.</param>
    public DataSchema Evolve(DataProfile profile)
    {
        ArgumentNullException.ThrowIfNull(profile);
        return SchemaEvolution.Relaxed(this, profile);
    }

    /// <summary>Reads a schema file.</summary>
    /// <exception cref="MlOpsException">
    /// <see cref="ErrorCodes.FileNotFound"/>, or <see cref="ErrorCodes.InvalidConfiguration"/> with the place for what is not a schema, an
    /// unknown type, limits that contradict each other, or a file of a newer release.
    /// </exception>
    public static async Task<DataSchema> LoadAsync(string path, CancellationToken cancellationToken = default) =>
        SchemaFile.Read(await JsonFile.LoadAsync(path, cancellationToken).ConfigureAwait(false), Path.GetFullPath(path));

    /// <summary>Writes the schema as JSON, whole or not at all; a file that is there is replaced.</summary>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) =>
        JsonFile.SaveAsync(path, SchemaFile.Write(this), cancellationToken);

    /// <summary>The checks that data of this schema pass.</summary>
    /// <exception cref="MlOpsException"><see cref="ErrorCodes.InvalidConfiguration"/>: limits contradict each other.</exception>
    public DataChecks ToChecks()
    {
        SchemaFile.Validate(this, $"The schema '{Name}'");
        return DataChecks.Define(Name, checks =>
        {
            if (PersonalColumns is { Count: > 0 } personal)
            {
                checks.Personal(personal);
            }

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
        ("Missing", column => new ReportCell(
            column.MissingShare == 0 ? "none" : "up to " + column.MissingShare.ToString("0.##%", CultureInfo.InvariantCulture))),
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

        if (column.Pattern is { } pattern)
        {
            rules.Matches(pattern);
        }

        if (column.Unique)
        {
            rules.Unique();
        }

        if (column.Earliest is not null || column.Latest is not null)
        {
            rules.InRange(column.Earliest ?? DateTimeOffset.MinValue, column.Latest ?? DateTimeOffset.MaxValue);
        }

        if (column.LessThan is { } other)
        {
            rules.LessThan(other);
        }
    }

    private static string Values(DataSchemaColumn column)
    {
        List<string> parts = [];
        if (column.Minimum is not null || column.Maximum is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"{column.Minimum ?? double.NegativeInfinity} to {column.Maximum ?? double.PositiveInfinity}"));
        }

        if (column.Values is { } values)
        {
            parts.Add(string.Join(
                ", ", values.Take(6)) + (values.Count > 6 ? string.Create(CultureInfo.InvariantCulture, $", … ({values.Count})") : ""));
        }

        if (column.MinLength is not null || column.MaxLength is not null)
        {
            parts.Add(string.Create(CultureInfo.InvariantCulture,
                $"length {column.MinLength ?? 0} to {column.MaxLength?.ToString(CultureInfo.InvariantCulture) ?? "∞"}"));
        }

        if (column.Pattern is { } pattern)
        {
            parts.Add($"matches {pattern}");
        }

        if (column.Earliest is not null || column.Latest is not null)
        {
            parts.Add($"{Day(column.Earliest) ?? "any time"} to {Day(column.Latest) ?? "any time"}");
        }

        if (column.Unique)
        {
            parts.Add("unique");
        }

        if (column.LessThan is { } other)
        {
            parts.Add($"less than {other}");
        }

        if (column.Classification == DataClassification.Personal)
        {
            parts.Add("personal");
        }

        return string.Join("; ", parts);
    }

    private static string? Day(DateTimeOffset? time) => time?.UtcDateTime.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Diagnostics;
using System.Globalization;
using MlOps.Reports;

namespace MlOps.Data;

/// <summary>The constraints proposed for a data set, all of which it passes. Immutable.</summary>
[DebuggerDisplay("{Name}: {Suggestions.Count} suggestions")]
public sealed class SchemaSuggestions
{
    private readonly IReadOnlyList<DataSchemaColumn> _columns;

    internal SchemaSuggestions(
        string name, long rowCount, IReadOnlyList<DataSchemaColumn> columns, IReadOnlyList<SchemaSuggestion> suggestions)
    {
        (Name, RowCount, _columns, Suggestions) = (name, rowCount, columns, suggestions);
    }

    /// <summary>The data set's name.</summary>
    public string Name { get; }

    /// <summary>How many rows they rest on.</summary>
    public long RowCount { get; }

    /// <summary>The constraints, most useful first.</summary>
    public IReadOnlyList<SchemaSuggestion> Suggestions { get; }

    /// <summary>The schema of those suggestions that are wanted.</summary>
    /// <param name="wanted">Says which; null for all.</param>
    public DataSchema ToSchema(Func<SchemaSuggestion, bool>? wanted = null) => new()
    {
        Name = Name,
        Columns = [.. _columns.Select(
            column => Suggestions.Where(suggestion => suggestion.Column == column.Name && wanted?.Invoke(suggestion) != false)
            .Aggregate(column, (built, suggestion) => suggestion.Apply(built)))],
    };

    /// <summary>The checks of those suggestions that are wanted, a check each; a file of them is what <c>mlops data check --checks</c> runs.</summary>
    /// <param name="wanted">Says which; null for all.</param>
    public DataChecks ToChecks(Func<SchemaSuggestion, bool>? wanted = null) => DataChecks.Define(Name, checks =>
    {
        if (_columns.Where(column => column.Classification == DataClassification.Personal).Select(column => column.Name).ToArray() is { Length: > 0 } personal)
        {
            checks.Personal(personal);
        }

        foreach (var suggestion in InOrder().Where(suggestion => wanted?.Invoke(suggestion) != false))
        {
            checks.Column(suggestion.Column, suggestion.Add);
        }
    });

    /// <summary>The suggestions by their columns' order in the data.</summary>
    internal IEnumerable<SchemaSuggestion> InOrder() => _columns.SelectMany(column => Suggestions.Where(suggestion => suggestion.Column == column.Name));

    /// <summary>A table of the suggestions as plain text, at most 120 characters wide.</summary>
    public string ToText() => ToReport().ToText();

    /// <summary>The suggestions as a document.</summary>
    public Report ToReport() => new Report($"Suggestions for {Name}")
        .Subtitle(string.Create(CultureInfo.InvariantCulture, $"{Suggestions.Count} constraints that all {RowCount:#,0} rows pass"))
        .Section("Constraints", section => section.Table(ReportTable.Of(
            Suggestions,
            ("Column", suggestion => new ReportCell(suggestion.Column)),
            ("Constraint", suggestion => new ReportCell(suggestion.Constraint)),
            ("Demand", suggestion => new ReportCell(suggestion.Demand)),
            ("False alarms", suggestion => new ReportCell(suggestion.FalseAlarmRate.ToString("0.#%", CultureInfo.InvariantCulture))),
            ("Why", suggestion => new ReportCell(suggestion.Why)))));

    /// <inheritdoc/>
    public override string ToString() => ToText();
}

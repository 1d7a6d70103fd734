using System.Runtime.CompilerServices;
using Apache.Arrow;
using MlOps.Data.Columns;
using MlOps.Data.Operations.Keys;

namespace MlOps.Data.Operations;

/// <summary>Streams one data set and looks each row up in a table of another.</summary>
internal sealed class JoinedRows : IDatasetSource
{
    private readonly Dataset _dataset;
    private readonly Dataset _other;
    private readonly JoinOptions _options;
    private readonly IReadOnlyList<string> _otherOn;

    public JoinedRows(Dataset dataset, Dataset other, JoinOptions options)
    {
        (_dataset, _other, _options, _otherOn) = (dataset, other, options, options.OtherOn ?? options.On);
    }

    public async ValueTask<Schema> GetSchemaAsync(CancellationToken cancellationToken = default) =>
        (await PlanAsync(cancellationToken).ConfigureAwait(false)).Schema;

    public IAsyncEnumerable<RecordBatch> ReadAsync(DatasetReadOptions options, CancellationToken cancellationToken = default) =>
        BatchShaping.ShapeAsync(JoinAsync(options, cancellationToken), options, cancellationToken);

    private async IAsyncEnumerable<RecordBatch> JoinAsync(DatasetReadOptions options, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = await PlanAsync(cancellationToken).ConfigureAwait(false);
        var schema = BatchShaping.Select(plan.Schema, options.Columns);
        var names = schema.FieldsList.Select(field => field.Name).ToList();
        var own = names.Where(name => !plan.OtherNames.ContainsKey(name)).ToList();
        var others = names.Where(plan.OtherNames.ContainsKey).Select(name => plan.OtherNames[name]).ToList();
        var table = await JoinTable.LoadAsync(_other, others, _otherOn, plan.OtherKeys, _options, cancellationToken).ConfigureAwait(false);
        var read = new DatasetReadOptions { Columns = [.. own.Union(_options.On, StringComparer.Ordinal)], BatchSize = options.BatchSize };
        List<int> ownRows = [];
        List<int> otherRows = [];
        ColumnAppender[] appenders = [.. schema.FieldsList.Select(ColumnAppender.For)];
        await foreach (var batch in _dataset.ReadPlainAsync(read, cancellationToken).ConfigureAwait(false))
        {
            using (batch)
            {
                var sources = names.Select(name => plan.OtherNames.TryGetValue(name, out var inOther)
                    ? (table.Rows.Column(table.Rows.Schema.GetFieldIndex(inOther, StringComparer.Ordinal)), otherRows)
                    : (batch.Column(batch.Schema.GetFieldIndex(name, StringComparer.Ordinal)), ownRows)).ToArray();
                plan.Keys.Start(batch);
                for (var i = 0; i < batch.Length; i++)
                {
                    var partner = plan.Keys.IsMissing(i) ? -1 : table.First(plan.Keys[i]);
                    if (partner < 0 && _options.Kind == JoinKind.Inner)
                    {
                        continue;
                    }

                    do
                    {
                        ownRows.Add(i);
                        otherRows.Add(partner);
                        if (ownRows.Count == options.BatchSize)
                        {
                            yield return Build(schema, appenders, sources, ownRows, otherRows);
                            cancellationToken.ThrowIfCancellationRequested();
                        }

                        partner = partner < 0 ? -1 : table.Next(partner);
                    }
                    while (partner >= 0);
                }

                if (ownRows.Count > 0)
                {
                    yield return Build(schema, appenders, sources, ownRows, otherRows);
                }
            }
        }
    }

    private static RecordBatch Build(
        Schema schema, ColumnAppender[] appenders, (IArrowArray Array, List<int> Rows)[] sources, List<int> ownRows, List<int> otherRows)
    {
        for (var column = 0; column < appenders.Length; column++)
        {
            Append(appenders[column], sources[column].Array, System.Runtime.InteropServices.CollectionsMarshal.AsSpan(sources[column].Rows));
        }

        var batch = new RecordBatch(schema, appenders.Select(appender => appender.Build()).ToArray(), ownRows.Count);
        ownRows.Clear();
        otherRows.Clear();
        return batch;
    }

    private static void Append(ColumnAppender appender, IArrowArray array, ReadOnlySpan<int> rows)
    {
        while (!rows.IsEmpty)
        {
            var missing = rows.IndexOf(-1);
            appender.Append(array, missing < 0 ? rows : rows[..missing]);
            if (missing < 0)
            {
                return;
            }

            appender.AppendMissing();
            rows = rows[(missing + 1)..];
        }
    }

    private async ValueTask<Plan> PlanAsync(CancellationToken cancellationToken)
    {
        var own = await _dataset.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var other = await _other.GetPlainSchemaAsync(cancellationToken).ConfigureAwait(false);
        var keys = _options.On.Select((name, i) =>
            KeyColumn.For(_dataset.RequireColumn(own, name), _dataset.Name, _other.RequireColumn(other, _otherOn[i]), _other.Name)).ToList();
        var taken = own.FieldsList.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        List<Field> fields = [.. own.FieldsList];
        Dictionary<string, string> otherNames = new(StringComparer.Ordinal);
        foreach (var field in other.FieldsList.Where(field => !_otherOn.Contains(field.Name, StringComparer.Ordinal)))
        {
            var name = taken.Contains(field.Name) ? field.Name + _options.Suffix : field.Name;
            if (!taken.Add(name))
            {
                throw new MlOpsException(
                    ErrorCodes.ColumnConflict,
                    $"'{_dataset.Name}' has a column '{name}' already, and '{_other.Name}' brings another: rename or leave out one of them, or give JoinOptions a Suffix that makes a new name.");
            }

            fields.Add(new Field(name, field.DataType, true));
            otherNames.Add(name, field.Name);
        }

        return new Plan(
            new Schema(fields, metadata: null),
            otherNames,
            new KeyBytes(_options.On, [.. keys.Select(key => key.Left)]),
            new KeyBytes(_otherOn, [.. keys.Select(key => key.Right)]));
    }

    private sealed record Plan(Schema Schema, Dictionary<string, string> OtherNames, KeyBytes Keys, KeyBytes OtherKeys);
}

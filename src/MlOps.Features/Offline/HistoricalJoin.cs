using Apache.Arrow;
using MlOps.Data;
using MlOps.Features.Columns;

namespace MlOps.Features.Offline;

/// <summary>One request for past features, read into memory and ready to be evaluated.</summary>
internal sealed class HistoricalJoin : IDisposable
{
    private readonly HistoricalFeatureRequest _request;
    private readonly ColumnTable _spine;
    private readonly KeptColumns _kept;
    private readonly Dictionary<FeatureView, ViewJoin> _views;

    private HistoricalJoin(HistoricalFeatureRequest request, ColumnTable spine, KeptColumns kept, Dictionary<FeatureView, ViewJoin> views)
    {
        _request = request;
        _spine = spine;
        _kept = kept;
        _views = views;
    }

    public int Rows => _spine.Count;

    public static async Task<HistoricalJoin> ReadAsync(HistoricalFeatureRequest request, CancellationToken cancellationToken)
    {
        var features = request.Features.Features;
        var byView = features.Where(feature => feature.View is not null).GroupBy(feature => feature.View!).ToList();
        foreach (var view in byView.Select(group => group.Key).Where(view => !request.Sources.ContainsKey(view.Source)))
        {
            var given = request.Sources.Count == 0 ? "none was given" : $"given are: {string.Join(", ", request.Sources.Keys)}";
            throw new MlOpsException(
                ErrorCodes.FeatureSourceMissing,
                $"The feature view '{view.Name}' reads the source '{view.Source}', which the request does not give ({given}). "
                + $"Add it: Sources = {{ [\"{view.Source}\"] = dataset }}.");
        }

        var keys = byView.SelectMany(group => group.Key.Entity).ToList();
        var keep = KeptNames(request);
        var kept = new KeptColumns(keep);
        try
        {
            var spine = await ColumnTable.ReadAsync(request.Spine, [request.EventTime, .. keys, .. InputsOf(request.Features)], keys, kept, cancellationToken)
                .ConfigureAwait(false);
            var eventTime = spine[request.EventTime];
            eventTime.RequireKind(eventTime.Kind == FeatureValueKind.Time, "the event time of a spine must be an instant");
            var views = new Dictionary<FeatureView, ViewJoin>();
            foreach (var group in byView)
            {
                var columns = ViewJoin.ColumnsOf(group.Key, group.Select(feature => feature.Definition!));
                var source = await ColumnTable.ReadAsync(request.Sources[group.Key.Source], columns, group.Key.Entity, null, cancellationToken)
                    .ConfigureAwait(false);
                views.Add(group.Key, new ViewJoin(group.Key, source, spine, request.EventTime));
            }

            return new HistoricalJoin(request, spine, kept, views);
        }
        catch
        {
            kept.Dispose();
            throw;
        }
    }

    public void Dispose() => _kept.Dispose();

    /// <summary>The values of one feature that comes from a view.</summary>
    public FeatureValue[] Evaluate(ServiceFeature feature, bool onlyKnown, bool future) =>
        _views[feature.View!].Evaluate(feature.Definition!, onlyKnown, future);

    public async Task<Dataset> ToDatasetAsync(CancellationToken cancellationToken)
    {
        var features = _request.Features.Features;
        var columns = new Dictionary<string, FeatureValue[]>(StringComparer.Ordinal);
        var kinds = new FeatureValueKind[features.Count];
        for (var index = 0; index < features.Count; index++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var feature = features[index];
            var values = feature.View is not null ? Evaluate(feature, _request.OnlyKnown, future: false)
                : feature.Compute is not null ? Compute(feature, columns)
                : FromSpine(feature.Name);
            var declared = feature.View is null && feature.Compute is null ? _spine[feature.Name].Kind : FeatureValueKind.Missing;
            kinds[index] = FeatureColumn.KindOf(feature.Name, values, declared);
            columns.Add(feature.Name, values);
        }

        var keptFields = _kept.Fields;
        if (_kept.Batches.Count == 0)
        {
            var schema = await _request.Spine.GetSchemaAsync(cancellationToken).ConfigureAwait(false);
            keptFields.AddRange(_kept.Names.Select(name => _request.Spine.RequireColumn(schema, name)));
        }

        var fields = keptFields.Concat(features.Select((feature, index) => new Field(feature.Name, FeatureColumn.TypeOf(kinds[index]), nullable: true)));
        var batches = new List<(int, ArrayData[])>();
        var start = 0;
        foreach (var (length, kept) in _kept.Batches)
        {
            var built = new ArrayData[features.Count];
            for (var index = 0; index < built.Length; index++)
            {
                using var array = FeatureColumn.Build(kinds[index], columns[features[index].Name].AsSpan(start, length));
                using var copier = new KeptColumns([]);
                built[index] = copier.Copy(array.Data);
            }

            batches.Add((length, [.. kept, .. built]));
            start += length;
        }

        return new Dataset($"{_request.Features.Name} features", new FeatureTable(new Schema(fields, null), batches));
    }

    private static List<string> InputsOf(FeatureService service)
    {
        var defined = new HashSet<string>(StringComparer.Ordinal);
        var inputs = new List<string>();
        foreach (var feature in service.Features)
        {
            if (feature.Compute is not null)
            {
                inputs.AddRange(feature.Inputs.Where(input => !defined.Contains(input)));
            }
            else if (feature.View is null)
            {
                inputs.Add(feature.Name);
            }

            defined.Add(feature.Name);
        }

        return inputs;
    }

    private static List<string> KeptNames(HistoricalFeatureRequest request)
    {
        var features = request.Features.Features.ToDictionary(feature => feature.Name, StringComparer.Ordinal);
        var names = new List<string>();
        foreach (var name in request.KeepColumns.Distinct(StringComparer.Ordinal))
        {
            if (!features.TryGetValue(name, out var feature))
            {
                names.Add(name);
            }
            else if (feature.View is not null || feature.Compute is not null)
            {
                throw new MlOpsException(
                    ErrorCodes.InvalidConfiguration,
                    $"The spine's column '{name}' is to be kept, but the service '{request.Features.Name}' has a feature of that name: rename one of them.");
            }
        }

        return names;
    }

    private FeatureValue[] FromSpine(string name)
    {
        var column = _spine[name];
        var values = new FeatureValue[_spine.Count];
        for (var row = 0; row < values.Length; row++)
        {
            values[row] = column[row];
        }

        return values;
    }

    private FeatureValue[] Compute(ServiceFeature feature, Dictionary<string, FeatureValue[]> columns)
    {
        var inputs = feature.Inputs.Select(input => columns.TryGetValue(input, out var values) ? values : FromSpine(input)).ToArray();
        var scratch = new FeatureValue[inputs.Length];
        var result = new FeatureValue[_spine.Count];
        for (var row = 0; row < result.Length; row++)
        {
            for (var index = 0; index < inputs.Length; index++)
            {
                scratch[index] = inputs[index][row];
            }

            result[row] = feature.Compute!(new FeatureRow(feature.Inputs, scratch));
        }

        return result;
    }
}

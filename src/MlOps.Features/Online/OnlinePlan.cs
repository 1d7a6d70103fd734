namespace MlOps.Features.Online;

/// <summary>How one service is answered: which views are looked up, and where each feature of the vector comes from; made once a service.</summary>
internal sealed class OnlinePlan
{
    private readonly FeatureService _service;
    private readonly OnlineView[] _views;
    private readonly int _lookups;

    // For each computed feature, where each input stands in the vector; negative for the request.
    private readonly int[]?[] _inputs;

    public OnlinePlan(FeatureService service)
    {
        _service = service;
        _views =
        [
            .. service.Features.Select((feature, target) => (feature, target)).Where(pair => pair.feature.View is not null)
                .GroupBy(pair => pair.feature.View!, pair => (pair.feature.Definition!, pair.target))
                .Select(group => new OnlineView(group.Key, group)),
        ];
        _lookups = _views.Sum(view => view.Lookups);
        _inputs =
        [
            .. service.Features.Select((feature, target) => feature.Compute is null
                ? null
                : feature.Inputs.Select(input => Earlier(input, target)).ToArray()),
        ];
    }

    /// <summary>Answers requests with one lookup of the store, so that a batch costs one round trip and sees one state.</summary>
    public async ValueTask<IReadOnlyList<FeatureVector>> AnswerAsync(
        IOnlineStore store, IReadOnlyList<FeatureRequest> requests, CancellationToken cancellationToken)
    {
        var lookups = new List<OnlineLookup>(_lookups * requests.Count);
        var looksUp = new bool[_views.Length * requests.Count];
        for (var position = 0; position < looksUp.Length; position++)
        {
            looksUp[position] = _views[position % _views.Length].AddLookups(requests[position / _views.Length], lookups);
        }

        var answers = lookups.Count == 0 ? [] : await store.ReadAsync(lookups, cancellationToken).ConfigureAwait(false);
        var vectors = new FeatureVector[requests.Count];
        var first = 0;
        for (var index = 0; index < vectors.Length; index++)
        {
            var values = new FeatureValue[_service.Features.Count];
            for (var view = 0; view < _views.Length; view++)
            {
                if (looksUp[(index * _views.Length) + view])
                {
                    _views[view].Evaluate(answers, first, requests[index].EventTime, values);
                    first += _views[view].Lookups;
                }
                else
                {
                    _views[view].EvaluateNothing(values);
                }
            }

            FillTheRest(requests[index], values);
            vectors[index] = new FeatureVector(_service.Names, values);
        }

        return vectors;
    }

    private int Earlier(string name, int before)
    {
        for (var index = 0; index < before; index++)
        {
            if (_service.Names[index] == name)
            {
                return index;
            }
        }

        return -1;
    }

    private void FillTheRest(FeatureRequest request, FeatureValue[] values)
    {
        for (var index = 0; index < values.Length; index++)
        {
            var feature = _service.Features[index];
            if (feature.Compute is not null)
            {
                var inputs = new FeatureValue[feature.Inputs.Count];
                for (var input = 0; input < inputs.Length; input++)
                {
                    var earlier = _inputs[index]![input];
                    inputs[input] = earlier >= 0 ? values[earlier] : request[feature.Inputs[input]];
                }

                values[index] = feature.Compute(new FeatureRow(feature.Inputs, inputs));
            }
            else if (feature.View is null)
            {
                values[index] = request[feature.Name];
            }
        }
    }
}

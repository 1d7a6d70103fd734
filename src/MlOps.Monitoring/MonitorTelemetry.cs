using System.Diagnostics.Metrics;

namespace MlOps.Monitoring;

/// <summary>The instruments of the meter <c>MlOps.Monitoring</c>, each with the tag <c>mlops.model</c>.</summary>
internal sealed class MonitorTelemetry : IDisposable
{
    public const string MeterName = "MlOps.Monitoring";
    private readonly Meter _meter = new(MeterName);
    private readonly Counter<long> _recorded;
    private readonly Counter<long> _lost;
    private readonly Counter<long> _judged;
    private readonly Counter<long> _alerts;

    public MonitorTelemetry()
    {
        _recorded = _meter.CreateCounter<long>("mlops.monitoring.predictions.recorded", "{prediction}", "Predictions taken into the buffer.");
        _lost = _meter.CreateCounter<long>("mlops.monitoring.predictions.lost", "{prediction}", "Predictions that were not stored.");
        _judged = _meter.CreateCounter<long>("mlops.monitoring.windows.judged", "{window}", "Windows judged.");
        _alerts = _meter.CreateCounter<long>("mlops.monitoring.alerts", "{alert}", "Rules broken.");
    }

    public void Recorded(string model)
    {
        if (_recorded.Enabled)
        {
            _recorded.Add(1, new KeyValuePair<string, object?>("mlops.model", model));
        }
    }

    public void Lost(string model, long count) => _lost.Add(count, new KeyValuePair<string, object?>("mlops.model", model));

    public void Judged(MonitoringWindow window)
    {
        var model = new KeyValuePair<string, object?>("mlops.model", window.Model);
        _judged.Add(1, model);
        foreach (var alert in window.Alerts)
        {
            _alerts.Add(1, model, new KeyValuePair<string, object?>("mlops.rule", alert.Rule));
        }
    }

    public void Dispose() => _meter.Dispose();
}

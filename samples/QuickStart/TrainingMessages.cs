using System.Text.Json.Serialization;
using MlOps.Registry;

namespace QuickStart;

/// <summary>What the training pipeline is asked to do.</summary>
/// <param name="Data">The data version to learn from, such as <c>flights@1</c>.</param>
/// <param name="DataHash">Its content's hash, so that the same reference in another workspace is not taken for the same data.</param>
/// <param name="From">The first day of the data.</param>
/// <param name="HoldoutFrom">Flights from here on are held out: the gate judges on them.</param>
/// <param name="Incumbent">The version to beat; null for the trivial baseline.</param>
/// <param name="Seed">The trainer's seed.</param>
internal sealed record TrainingRequest(string Data, string DataHash, DateTimeOffset From, DateTimeOffset HoldoutFrom, int? Incumbent, int Seed);

/// <summary>What the checks found.</summary>
/// <param name="From">The first day of the data.</param>
/// <param name="Rows">Rows in all.</param>
/// <param name="Quarantined">Rows set aside.</param>
/// <param name="Clean">The data version of the good rows.</param>
/// <param name="Quarantine">The data version of the bad rows; null when there are none.</param>
/// <param name="Report">The report, as text.</param>
internal sealed record ValidatedData(DateTimeOffset From, long Rows, long Quarantined, string Clean, string? Quarantine, string Report);

/// <summary>A model that was trained and not yet judged.</summary>
/// <param name="Run">The run that trained it.</param>
/// <param name="Package">Its files.</param>
/// <param name="TrainingRows">Rows it learned from.</param>
/// <param name="LateShare">The share of late flights among them: the trivial baseline's answer.</param>
internal sealed record TrainedModel(string Run, ModelPackage Package, long TrainingRows, double LateShare);

/// <summary>How the gate decided.</summary>
/// <param name="Version">The registered version.</param>
/// <param name="Approved">Whether it was promoted.</param>
/// <param name="Reason">Why, in a sentence.</param>
/// <param name="LogLoss">Its log loss on the held-out days.</param>
/// <param name="IncumbentLogLoss">That of the version, or baseline, to beat, on the same flights.</param>
/// <param name="PValue">One-sided: how likely such an improvement is by chance.</param>
/// <param name="Data">What the checks found in the data that it learned from.</param>
internal sealed record TrainingOutcome(
    int Version, bool Approved, string Reason, double LogLoss, double IncumbentLogLoss, double PValue, ValidatedData Data);

[JsonSerializable(typeof(TrainingRequest))]
[JsonSerializable(typeof(ValidatedData))]
[JsonSerializable(typeof(TrainedModel))]
[JsonSerializable(typeof(TrainingOutcome))]
internal sealed partial class TrainingJson : JsonSerializerContext;

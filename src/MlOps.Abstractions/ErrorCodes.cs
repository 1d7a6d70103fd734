namespace MlOps;

/// <summary>The stable codes of <see cref="MlOpsException"/>; <c>docs/diagnostics.md</c> says for each what to do.</summary>
public static class ErrorCodes
{
    /// <summary>A file or folder that a call names does not exist.</summary>
    public const string FileNotFound = "data.file_not_found";

    /// <summary>A file exists but its content cannot be read: truncated, not of the format its name says, or damaged.</summary>
    public const string FileCorrupt = "data.file_corrupt";

    /// <summary>No registered reader knows the file's format.</summary>
    public const string FormatUnknown = "data.format_unknown";

    /// <summary>A column that a call names is not in the data.</summary>
    public const string ColumnNotFound = "data.column_not_found";

    /// <summary>A column has a type that the operation cannot use.</summary>
    public const string ColumnType = "data.column_type";

    /// <summary>Two columns would have one name.</summary>
    public const string ColumnConflict = "data.column_conflict";

    /// <summary>A key that must occur once occurs more often.</summary>
    public const string DuplicateKey = "data.duplicate_key";

    /// <summary>Rows that an operation has to hold in memory need more of it than was allowed.</summary>
    public const string TooLarge = "data.too_large";

    /// <summary>A database refused a query, or failed while it ran.</summary>
    public const string QueryFailed = "data.query_failed";

    /// <summary>A data set has no row where at least one is needed.</summary>
    public const string DataEmpty = "data.empty";

    /// <summary>A data version that a call names does not exist.</summary>
    public const string DataVersionNotFound = "data.version_not_found";

    /// <summary>A stored object's bytes do not have the hash that names them.</summary>
    public const string BlobCorrupt = "storage.blob_corrupt";

    /// <summary>A stored object that metadata refers to is missing.</summary>
    public const string BlobNotFound = "storage.blob_not_found";

    /// <summary>The workspace folder or database cannot be written: permissions or a read-only disk.</summary>
    public const string StorageReadOnly = "storage.read_only";

    /// <summary>Another process holds the database for longer than the timeout.</summary>
    public const string StorageLocked = "storage.locked";

    /// <summary>The database server cannot be reached, or is starting or stopping: the same call may succeed later.</summary>
    public const string StorageUnavailable = "storage.unavailable";

    /// <summary>The database server refused the user, the password or what was asked for.</summary>
    public const string StorageAccessDenied = "storage.access_denied";

    /// <summary>The database that a workspace is to be copied to holds data already.</summary>
    public const string StorageNotEmpty = "storage.not_empty";

    /// <summary>The disk is full.</summary>
    public const string StorageFull = "storage.full";

    /// <summary>The database file is damaged or not a database.</summary>
    public const string StorageCorrupt = "storage.corrupt";

    /// <summary>The workspace was written by a newer version of the SDK than this one.</summary>
    public const string WorkspaceNewer = "workspace.newer_version";

    /// <summary>No workspace was found where one was asked for.</summary>
    public const string WorkspaceNotFound = "workspace.not_found";

    /// <summary>A run that a call names does not exist.</summary>
    public const string RunNotFound = "tracking.run_not_found";

    /// <summary>A run was written to after it ended.</summary>
    public const string RunEnded = "tracking.run_ended";

    /// <summary>A run cannot be resumed while it is at work.</summary>
    public const string RunActive = "tracking.run_active";

    /// <summary>A parameter was logged a second time with another value.</summary>
    public const string ParameterChanged = "tracking.parameter_changed";

    /// <summary>A name or value breaks the limits of the store.</summary>
    public const string InvalidName = "tracking.invalid_name";

    /// <summary>A filter expression cannot be parsed.</summary>
    public const string InvalidFilter = "tracking.invalid_filter";

    /// <summary>A page token is damaged or was given for another query.</summary>
    public const string InvalidPageToken = "tracking.invalid_page_token";

    /// <summary>A run cannot be reproduced from what it recorded; nothing was run.</summary>
    public const string NotReproducible = "tracking.not_reproducible";

    /// <summary>A reproduction was begun and gave no run to compare.</summary>
    public const string ReproductionFailed = "tracking.reproduction_failed";

    /// <summary>A model, version or alias that a call names does not exist.</summary>
    public const string ModelNotFound = "registry.model_not_found";

    /// <summary>An alias was moved by somebody else since it was read.</summary>
    public const string AliasConflict = "registry.alias_conflict";

    /// <summary>A model package's files do not match its recorded hashes, or its manifest is damaged.</summary>
    public const string ModelCorrupt = "registry.model_corrupt";

    /// <summary>A gate refused a promotion.</summary>
    public const string GateFailed = "registry.gate_failed";

    /// <summary>No runtime can load a model of this flavor.</summary>
    public const string RuntimeMissing = "serving.runtime_missing";

    /// <summary>An engine could not load a model.</summary>
    public const string ModelLoadFailed = "serving.load_failed";

    /// <summary>A prediction's input does not fit the model's signature.</summary>
    public const string SignatureMismatch = "serving.signature_mismatch";

    /// <summary>A prediction's input breaks the rules that the predictor was given, and was refused.</summary>
    public const string InvalidInput = "serving.input_invalid";

    /// <summary>A feature or feature view that a call names is not defined.</summary>
    public const string FeatureNotFound = "features.not_found";

    /// <summary>A feature's source data has not been given.</summary>
    public const string FeatureSourceMissing = "features.source_missing";

    /// <summary>A pipeline step failed after its last attempt.</summary>
    public const string StepFailed = "pipelines.step_failed";

    /// <summary>A step's value cannot be stored, so the step cannot be cached or resumed.</summary>
    public const string StepValueUnsupported = "pipelines.value_unsupported";

    /// <summary>A monitor has no fitted baseline to compare with.</summary>
    public const string BaselineMissing = "monitoring.baseline_missing";

    /// <summary>A configuration or a file that a person wrote (schema, checks, options) is not valid.</summary>
    public const string InvalidConfiguration = "configuration.invalid";
}
